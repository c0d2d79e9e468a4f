"""Pure rules of money, cards, transactions and refunds; standard library only."""
