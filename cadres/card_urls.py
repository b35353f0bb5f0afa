"""/cards/; included by cadres.urls, in its namespace."""

from django.urls import path

from cadres.views import cards

urlpatterns = [
    path("cards/", cards.Cards.as_view(), name="cards"),
    path("cards/print/", cards.PrintCards.as_view(), name="print_cards"),
    path("cards/text/", cards.CardWords.as_view(), name="card_text"),
]
