"""What a PDF of the house is drawn with: fonts that hold Chinese, lines that fit, QR codes (decision 0026)."""
