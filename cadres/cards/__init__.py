"""便民服务卡: who is fixed to a village, when and where, on paper for every door (decision 0026)."""
