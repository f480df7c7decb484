#!/usr/bin/env bash
# Seals and exchange at full size: 10,000 random dossiers against xmlsec1 and the JDK in both directions, 100,000 single-bit
# changes, 1,000 exchanges over a bad line; a folder of 10,000 dossiers whose import is killed twice; bad messages watched
# and with a sanitizer. `make test` runs the same with smaller numbers.
#
#   MSE_PROGRAM  what imports the folder (default: the release build, else the debug build)
set -euo pipefail
cd "$(dirname "$0")/../.."
export MSE_SEALS=${MSE_SEALS:-10000} MSE_BITS=${MSE_BITS:-100000} MSE_SEEDS=${MSE_SEEDS:-1000}
program=${MSE_PROGRAM:-.build/release/mse}
[ -x "$program" ] || program=.build/debug/mse
swift test --skip-build --filter 'OracleTests|flippedBitsAreRefused|ExchangeTests'
Tests/Scripts/batch.py "$program" "${MSE_BATCH:-10000}"
[ ! -d "${MSE_CORPUS:-../shared}/bad-xml" ] || Tests/Scripts/bad-xml.sh
