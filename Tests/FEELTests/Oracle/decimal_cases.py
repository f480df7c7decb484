#!/usr/bin/env python3
"""Random operations on decimal128 with the results of Python's `decimal`, one per line, tab-separated:

    operation  left  right  result

A result of `null` stands for what decimal128 has no number for. `right` is `-` where there is none.
Call: decimal_cases.py COUNT SEED [exact|functions|all]
"""

import decimal
import random
import sys
from decimal import Decimal

DECIMAL128 = decimal.Context(
    prec=34, Emin=-6143, Emax=6144, clamp=1, rounding=decimal.ROUND_HALF_EVEN, traps=[]
)
# Enough digits to be exact for sums, differences and remainders of the numbers below.
WIDE = decimal.Context(prec=90, Emin=-99999, Emax=99999, rounding=decimal.ROUND_HALF_EVEN, traps=[])
ROUNDINGS = {
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
    "halfDown": decimal.ROUND_HALF_DOWN,
    "halfUp": decimal.ROUND_HALF_UP,
    "halfEven": decimal.ROUND_HALF_EVEN,
}
EXACT = ["add", "subtract", "multiply", "divide", "compare", "modulo", "remainder", "round", "text", "hash"]
FUNCTIONS = ["squareRoot", "exponential", "logarithm", "power"]


def digits(source):
    """Digits where rounding errors hide: short ones, full ones, runs of 0, 9, 49…9, 50…0."""
    length = source.choice([1, 1, 2, 3, 4, 6, 9, 15, 17, 18, 19, 20, 25, 33, 34, 34])
    text = "".join(source.choice("0123456789") for _ in range(length))
    kind = source.random()
    if kind < 0.25:
        cut = source.randint(0, length)
        tail = source.choice(["0" * 34, "9" * 34, "5" + "0" * 33, "4" + "9" * 33, "5" + "0" * 32 + "1"])
        text = (text[:cut] + tail)[:length]
    return text


def exponent(source):
    kind = source.random()
    if kind < 0.75:
        return source.choice([0, 0, 0, -1, -2, -2, -3, -4, -9, 1, 2, 5])
    if kind < 0.97:
        return source.randint(-45, 45)
    return source.choice([-6176, -6175, -6160, -6143, -3100, -3070, 3050, 3072, 6100, 6111])


def number(source):
    sign = "-" if source.random() < 0.4 else ""
    value = DECIMAL128.create_decimal(f"{sign}{digits(source)}E{exponent(source)}")
    # decimal128 as FEEL knows it has no negative zero.
    return abs(value) if value.is_zero() else value


def quotient(left, right, floored):
    """The whole quotient of two numbers, exact whatever their exponents."""
    shift = min(left.as_tuple().exponent, right.as_tuple().exponent)
    dividend, divisor = (int(value.scaleb(-shift, context=HUGE)) for value in (left, right))
    whole, rest = divmod(abs(dividend), abs(divisor))
    rest = -rest if dividend < 0 else rest
    if floored and rest and (rest < 0) != (divisor < 0):
        rest += divisor
    return HUGE.scaleb(Decimal(rest), shift)


HUGE = decimal.Context(prec=20000, Emin=-99999, Emax=99999, traps=[])


def power_operands(source):
    kind = source.random()
    if kind < 0.3:
        return abs(number(source)), Decimal(source.randint(-40, 40))
    if kind < 0.5:
        return number(source), Decimal(source.choice([2, 3, -1, -2, 5, 7, 12]))
    base = DECIMAL128.create_decimal(f"{source.randint(1, 10 ** source.randint(1, 34))}E{source.randint(-34, 3)}")
    if kind < 0.6:  # near 1, large exponents
        small = f"{source.randint(-9, 9)}E-{source.randint(3, 33)}"
        return DECIMAL128.add(Decimal(1), Decimal(small)), Decimal(source.randint(1, 10 ** source.randint(1, 33)))
    return base, DECIMAL128.create_decimal(f"{source.randint(-9999, 9999)}E-{source.randint(0, 4)}")


def function(source, operation):
    if operation == "power":
        left, right = power_operands(source)
        if left.is_zero():
            return left, right, Decimal(1) if right.is_zero() else Decimal(0) if right > 0 else Decimal("NaN")
        return left, right, DECIMAL128.plus(WIDE.power(left, right))
    left = number(source)
    if operation == "exponential":
        if source.random() < 0.9:
            left = DECIMAL128.create_decimal(f"{source.choice(['', '-'])}{digits(source)}E{source.randint(-40, 0)}")
        return abs(left) if left.is_zero() else left, None, DECIMAL128.exp(left)
    left = abs(left)
    if operation == "logarithm":
        if source.random() < 0.2:
            left = DECIMAL128.add(Decimal(1), Decimal(f"{source.randint(-99, 99)}E-{source.randint(2, 34)}"))
        return left, None, DECIMAL128.ln(left)
    return left, None, DECIMAL128.sqrt(left)


def exact(source, operation):
    left, right = number(source), number(source)
    if operation in ("add", "subtract", "multiply", "divide"):
        return left, right, getattr(DECIMAL128, operation)(left, right)
    if operation == "compare":
        if source.random() < 0.3:
            right = DECIMAL128.plus(left.quantize(Decimal(1), context=WIDE)) if abs(left) < 10**30 else left
        return left, right, left.compare(right)
    if operation == "hash":
        zeros = source.randint(0, 33)
        return left, padded(left, zeros), Decimal(1)
    if operation == "text":
        text = f"{source.choice(['', '-'])}{digits(source)}{digits(source)}.{digits(source)}"
        return text, None, format(DECIMAL128.plus(Decimal(text)), "f")
    if right.is_zero():
        return left, right, Decimal("NaN")
    return left, right, DECIMAL128.plus(quotient(left, right, operation == "modulo"))


def padded(value, zeros):
    """The same value with other zeros at the end, as far as decimal128 has them."""
    exponent = max(value.as_tuple().exponent - zeros, -6176)
    result = value.quantize(Decimal((0, (1,), exponent)), context=WIDE)
    return result if not result.is_nan() and len(result.as_tuple().digits) <= 34 else value


def rounding(source):
    left, scale = number(source), source.choice([0, 0, 1, 2, 2, 3, 9, -1, -2, 34, 40, source.randint(-6111, 6176)])
    mode = source.choice(list(ROUNDINGS))
    step = HUGE.scaleb(Decimal(1), -scale)
    result = left
    if left.as_tuple().exponent < -scale:
        result = left.quantize(step, rounding=ROUNDINGS[mode], context=HUGE)
    return f"round:{mode}", left, Decimal(scale), DECIMAL128.plus(result)


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    kind = sys.argv[3] if len(sys.argv) > 3 else "all"
    operations = {"exact": EXACT, "functions": FUNCTIONS, "all": EXACT + FUNCTIONS}[kind]
    source = random.Random(seed)
    for _ in range(count):
        operation = source.choice(operations)
        if operation == "round":
            operation, left, right, result = rounding(source)
        elif operation in FUNCTIONS:
            left, right, result = function(source, operation)
        else:
            left, right, result = exact(source, operation)
        if isinstance(result, Decimal) and not result.is_finite():
            result = "null"
        print(operation, left, "-" if right is None else right, result, sep="\t")


main()
