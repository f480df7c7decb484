# The commands people use. `make demo` and `make test` work on a bare Debian machine with Swift.
SWIFT_BACKTRACE = enable=no
export SWIFT_BACKTRACE
# a few tests at a time: all at once starve each other on two cores
SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 8
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH
PREFIX ?= /usr/local

.PHONY: demo test build release install bench fuzz seals soak conformance format lint resources deps

demo: deps resources
	swift build --product mse
	.build/debug/mse demo --keep demo-out

test: deps resources
	swift build --build-tests
	Tests/Scripts/cleanly.sh Tests/Scripts/test.sh

build: deps resources
	swift build

release: deps resources
	swift build -c release --product mse
	swift build -c release --product conformance
	swift build -c release --product benchmark

install: release
	install -D -m 755 .build/release/mse $(DESTDIR)$(PREFIX)/bin/mse

bench: release
	Tests/Scripts/bench.sh

# Looks for inputs that FEEL, DMN, forms or messages choke on, each for so long: make fuzz MINUTES=10
fuzz: build
	Tests/Scripts/fuzz.sh
	Tests/Scripts/fuzz-forms.sh
	Tests/Scripts/fuzz-dossier.sh

# The long forms of the tests of faults: 1,000 kills on each store, 10,000 power cuts, 10,000 flipped bytes, 1,000 cases,
# a simulated office that crashes
soak: deps resources
	swift build -c release --product load
	swift build --build-tests
	MSE_SOAK=1 MSE_LOAD=.build/release/load Tests/Scripts/cleanly.sh swift test --skip-build --filter 'KilledLoadTests|DiskFaultTests|AuditTests|CaseStoreConcurrencyTests|SimulationTests'

# Compares seals with other programs and plays exchanges over a bad line, at full size
seals: release
	swift build --build-tests
	Tests/Scripts/cleanly.sh Tests/Scripts/seals.sh

conformance: release
	Tests/Scripts/conformance.sh

format:
	swift format -i -r Sources Tests Package.swift

lint:
	swift format lint --strict -r Sources Tests Package.swift

resources:
	@Tests/Scripts/embed.sh

deps:
	@Tests/Scripts/deps.sh
