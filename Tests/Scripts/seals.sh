#!/usr/bin/env bash
# Seals and exchange at full size: 10,000 random dossiers against xmlsec1 and the JDK in both directions, 100,000 single-bit
# changes, 1,000 exchanges over a bad line. `make test` runs the same tests with smaller numbers.
set -euo pipefail
cd "$(dirname "$0")/../.."
export MSE_SEALS=${MSE_SEALS:-10000} MSE_BITS=${MSE_BITS:-100000} MSE_SEEDS=${MSE_SEEDS:-1000}
swift test --skip-build --filter 'OracleTests|flippedBitsAreRefused|ExchangeTests'
