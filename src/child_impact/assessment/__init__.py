"""The assessment: findings with their proof, force and obligation, the outcome and its reasons. Every document is made from it alone."""
