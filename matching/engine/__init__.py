"""The matching engine: needs × resources → candidates, constraints, features, scores, assignment, reasons.

NumPy, Numba and plain Python: no Django, no clock, no hidden randomness; imports only ``lexicon``. Start reading at
``pipeline``.
"""
