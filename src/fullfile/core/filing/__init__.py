"""The prosecution's file of a case: what goes onto it, and what two persons set aside."""
