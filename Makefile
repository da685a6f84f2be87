# make             install what is missing, build the release binary, print the ramp and circle tables
# make test        all tests, the format lint and the check of the reference tables
# make test-long   the long random campaigns and proofs (wants python3 with python-flint, half an hour)
# make reference   write tables/ anew
# make benchmark   points per second per curve, beside a simpler method

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
BINARY = $(shell $(BUILD) --show-bin-path)/rdbounds

.PHONY: all build dependencies test test-long lint reference benchmark clean

all: build
	@echo; echo "The ramp, one-shot (rdbounds table ramp --rates 0:4:1 --format markdown):"; echo
	@$(BINARY) table ramp --rates 0:4:1 --format markdown
	@echo; echo "The circle, one-shot (rdbounds table circle --rates 0:4:1 --format markdown):"; echo
	@$(BINARY) table circle --rates 0:4:1 --format markdown
	@echo; echo "The program is $(BINARY)"

# GSL's headers and library; sudo only where it is needed.
dependencies:
	@if ! pkg-config --exists gsl 2>/dev/null && ! [ -f /usr/include/gsl/gsl_version.h ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing libgsl-dev"; \
	  $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q libgsl-dev; \
	fi

build: dependencies
	$(BUILD)

test: build lint
	$(SWIFT) test -c release
	$(BINARY) reference tables --check

# A million random (source, D) per curve against ball arithmetic, and the other long campaigns.
CAMPAIGN_POINTS ?= 200000

test-long: build
	python3 -c 'import flint' 2>/dev/null || python3 -m pip install -q python-flint
	folder=$$(mktemp -d) && \
	for source in ramp circle sawbridge sinusoid uniform; do \
	  python3 Tests/Oracles/enclosures.py --source $$source --count $(CAMPAIGN_POINTS) --seed 1 \
	    --out $$folder/enclosures-$$source.csv || exit 1; \
	done && \
	RDBOUNDS_LONG=1 RDBOUNDS_ENCLOSURES=$$folder $(SWIFT) test -c release; \
	status=$$?; rm -rf "$$folder"; exit $$status
	$(BINARY) prove circle

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

reference: build
	$(BINARY) reference tables

benchmark: build
	$(BINARY)-benchmark

clean:
	$(SWIFT) package clean
