# make             install what is missing, build the release binary, print the ramp and circle tables
# make test        the format lint and all tests, among them the check of the reference tables; one build, that of make
# make test-long   the long random campaigns and proofs (wants python3 with python-flint, half an hour)
# make reference   write tables/ anew
# make install     binary, manual page and completions under PREFIX (default /usr/local); DESTDIR goes before it
# make dist        the program with everything linked in, as a tarball and a Debian package, with SHA-256, under dist/
# make wheel       the same program as a Python package, under dist/
# make figures     draw the figures of tables/figures anew, with gnuplot
# make check-schema  what the program prints, against tables/schema, with Python's jsonschema from the package index
# make benchmark   points per second per curve, beside a simpler method
# make docs        the documentation as static HTML under .build/docs: an index with the figures, the manual, the Python module,
#                  and the library by the toolchain's own docc

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
BINARY = $(shell $(BUILD) --show-bin-path)/rdbounds
PREFIX ?= /usr/local
INSTALL ?= install
ROOT = $(DESTDIR)$(PREFIX)
DATA = Tests/TrainedPointsTests/Data
FIGURES = tables/figures

.PHONY: all build dependencies lint test test-static test-python test-python-long test-long reference figures install uninstall \
  static link-static dist wheel check-schema benchmark docs clean

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

# Tests use what is public or of the package, so that they need no build of their own: with testable imports everything
# would be compiled once more, for a program that nobody runs.
TEST := $(SWIFT) test -c release --disable-testable-imports

test: dependencies lint
	$(TEST)
	@$(MAKE) --no-print-directory test-static test-python

# The Python module over the program that the build left; PYTHON may have pandas, numpy and nbclient, or not.
PYTHON ?= python3

test-python:
	@if command -v $(PYTHON) >/dev/null; then \
	  RDBOUNDS="$${RDBOUNDS:-$(BINARY)}" PYTHONPATH="$(CURDIR)/Sources/Python" \
	    $(PYTHON) -B -m unittest discover -s Tests/PythonTests -q; \
	else echo "the Python module is not tested: there is no $(PYTHON)"; fi

# The same with everything that the examples can use, from the package index, and what looks at types.
ENVIRONMENT = .build/python
PACKAGES = pandas pandas-stubs numpy nbclient ipykernel jsonschema mypy auditwheel keras torch lightning

test-python-long:
	test -x $(ENVIRONMENT)/bin/python || $(PYTHON) -m venv $(ENVIRONMENT)
	$(ENVIRONMENT)/bin/python -m pip install -q $(PACKAGES)
	cd Sources/Python && "$(CURDIR)/$(ENVIRONMENT)/bin/python" -m mypy --strict rdbounds
	RDBOUNDS_LONG=1 $(MAKE) --no-print-directory test-python PYTHON="$(CURDIR)/$(ENVIRONMENT)/bin/python"

# A million random (source, D) per curve against ball arithmetic, and the other long campaigns.
CAMPAIGN_POINTS ?= 200000

test-long: build
	python3 -c 'import flint' 2>/dev/null || python3 -m pip install -q python-flint
	folder=$$(mktemp -d) && \
	for source in ramp circle sawbridge sinusoid uniform; do \
	  python3 Tests/Oracles/enclosures.py --source $$source --count $(CAMPAIGN_POINTS) --seed 1 \
	    --out $$folder/enclosures-$$source.csv || exit 1; \
	done && \
	RDBOUNDS_LONG=1 RDBOUNDS_ENCLOSURES=$$folder $(TEST); \
	status=$$?; rm -rf "$$folder"; exit $$status
	$(MAKE) --no-print-directory test-python-long
	$(BINARY) prove circle
	python3 Tests/Oracles/check_claims.py --self-test
	python3 Tests/Oracles/check_claims.py --tables tables --program $(BINARY) --sample 600 --seed 1 || [ $$? -eq 2 ]

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

reference: build
	$(BINARY) reference tables

# The papers' figures with the real trained points of the tests' data.
figures: build
	@mkdir -p $(FIGURES)
	$(BINARY) plot ramp --points $(DATA)/tfc_toy_sources.csv --label "NTC, 1-D latent" \
	  -o $(FIGURES)/ramp.svg
	$(BINARY) plot circle --points $(DATA)/tfc_toy_sources.csv --series-column latent_dims \
	  --label "NTC, 1-D latent" --label "NTC, 2-D latent" -o $(FIGURES)/circle.svg
	$(BINARY) plot sawbridge --points $(DATA)/tfc_toy_sources.csv --label "NTC, 1-D latent" \
	  -o $(FIGURES)/sawbridge.svg
	$(BINARY) plot wyner-ziv --points $(DATA)/wyner_ziv.csv --series-column model,coding -o $(FIGURES)/wyner-ziv.svg
	for coding in marginal conditional; do \
	  $(BINARY) plot wyner-ziv --points $(DATA)/wyner_ziv.csv \
	    --where coding=$$coding --series-column model -o $(FIGURES)/layered-$$coding.svg || exit; done
	$(BINARY) plot laplace --points $(DATA)/tfc_toy_sources.csv --series-column model \
	  --label NTC --label VECVQ -o $(FIGURES)/laplace.svg
	$(BINARY) plot banana --points $(DATA)/tfc_toy_sources.csv --series-column model \
	  --label NTC --label VECVQ -o $(FIGURES)/banana.svg
	$(BINARY) plot wyner-ziv --gap --points $(DATA)/wyner_ziv.csv --series-column model,coding \
	  -o $(FIGURES)/wyner-ziv-gap.svg
	$(BINARY) plot circle --gap --points $(DATA)/tfc_toy_sources.csv --series-column latent_dims \
	  --label "NTC, 1-D latent" --label "NTC, 2-D latent" -o $(FIGURES)/circle-gap.svg
	$(BINARY) plot ramp --gap --points $(DATA)/tfc_toy_sources.csv --label "NTC, 1-D latent" \
	  -o $(FIGURES)/ramp-gap.svg
	$(BINARY) plot circle --code $(DATA)/codes/circle_ntc1_2.7bit.intervals.csv -o $(FIGURES)/circle-code.svg
	$(BINARY) plot laplace --code $(DATA)/codes/laplace_ntc1.intervals.csv -o $(FIGURES)/laplace-code.svg
	$(BINARY) plot banana --code $(DATA)/codes/banana_vecvq.runs.csv --cells=-4:28.9:700,-5.9:25.5:500 \
	  --codebook $(DATA)/codes/banana_vecvq.codebook.csv -o $(FIGURES)/banana-code.svg
	$(BINARY) plot wyner-ziv --code $(DATA)/codes/wz_ecvq_marginal_nv0.1.intervals.csv --setting source-plus-noise \
	  --noise-variance 0.1 -o $(FIGURES)/wyner-ziv-code.svg

# The binary needs GSL's and Swift's shared libraries where it runs; the rest is made by the binary itself.
install: build
	$(INSTALL) -d "$(ROOT)/bin" "$(ROOT)/share/man/man1" "$(ROOT)/share/bash-completion/completions" \
	  "$(ROOT)/share/zsh/site-functions" "$(ROOT)/share/fish/vendor_completions.d"
	$(INSTALL) -m 755 "$(BINARY)" "$(ROOT)/bin/rdbounds"
	"$(BINARY)" --help-man > "$(ROOT)/share/man/man1/rdbounds.1"
	"$(BINARY)" --generate-completion-script bash > "$(ROOT)/share/bash-completion/completions/rdbounds"
	"$(BINARY)" --generate-completion-script zsh > "$(ROOT)/share/zsh/site-functions/_rdbounds"
	"$(BINARY)" --generate-completion-script fish > "$(ROOT)/share/fish/vendor_completions.d/rdbounds.fish"

uninstall:
	rm -f "$(ROOT)/bin/rdbounds" "$(ROOT)/share/man/man1/rdbounds.1" \
	  "$(ROOT)/share/bash-completion/completions/rdbounds" "$(ROOT)/share/zsh/site-functions/_rdbounds" \
	  "$(ROOT)/share/fish/vendor_completions.d/rdbounds.fish"

# The objects of the build, linked once more with the static archives of Swift's runtime, GSL and libstdc++: nothing is compiled
# again, and only the C library is left to be found where the program runs.
STATIC = .build/static
OBJECTS = $$($(BUILD) --show-bin-path)/rdbounds.product/Objects.LinkFileList
CLANG = $(TOOLCHAIN)clang

static: build
	@$(MAKE) --no-print-directory link-static

link-static:
	@mkdir -p $(STATIC)/lib
	@for library in libgsl.a libgslcblas.a libstdc++.a; do \
	  ln -sf "$$($(CLANG) -print-file-name=$$library)" $(STATIC)/lib/ || exit; done
	$(CLANG) -O2 -c Sources/Packaging/main.c -o $(STATIC)/main.o
	$(TOOLCHAIN)swiftc -static-stdlib -emit-executable @"$(OBJECTS)" $(STATIC)/main.o -L$(STATIC)/lib -lgsl -lgslcblas -lm \
	  -Xclang-linker -static-libgcc -Xlinker --gc-sections -Xlinker -s \
	  -o $(STATIC)/rdbounds

test-static: link-static
	@Sources/Packaging/check.sh $(STATIC)/rdbounds

# Nothing of a toolchain is needed where these are used.
dist: static
	@Sources/Packaging/check.sh $(STATIC)/rdbounds
	@Sources/Packaging/dist.sh $(STATIC)/rdbounds dist
	@! command -v dpkg >/dev/null || Sources/Packaging/check-deb.sh dist/*.deb

wheel: static
	@wheel=$$($(PYTHON) Sources/Packaging/wheel.py $(STATIC)/rdbounds dist) && Sources/Packaging/check-wheel.sh $(PYTHON) "$$wheel" && \
	  cd dist && sha256sum "$$(basename "$$wheel")" > "$$(basename "$$wheel").sha256" && ls -l "$$(basename "$$wheel")"

check-schema: build
	@test -x .build/schema/bin/python || python3 -m venv .build/schema
	@.build/schema/bin/python -m pip install -q jsonschema
	.build/schema/bin/python Tests/Examples/check_schema.py

benchmark: build
	$(BINARY)-benchmark

# Symbols come from the modules that the build left, so that nothing is compiled for this alone. Pages refer to each other from
# the root of a server: a file opened without one stays empty. The pages beside them do not.
DOCS = .build/docs
SYMBOLS = .build/symbols
TOOLCHAIN = $(dir $(realpath $(shell command -v $(SWIFT))))
TRIPLE = $(shell $(SWIFT) -print-target-info | sed -n 's/.*"triple": *"\([^"]*\)".*/\1/p' | head -n 1)

docs: build
	@rm -rf $(SYMBOLS) $(DOCS)
	@mkdir -p $(SYMBOLS) $(DOCS)
	$(TOOLCHAIN)swift-symbolgraph-extract -module-name RateDistortion -target $(TRIPLE) \
	  -I "$$($(BUILD) --show-bin-path)/Modules" -I "$$($(BUILD) --show-bin-path)/SlopeTables.build" -I Sources/CGSL -minimum-access-level public -skip-synthesized-members \
	  -output-dir $(SYMBOLS)
	$(TOOLCHAIN)docc convert Sources/RateDistortion/RateDistortion.docc --additional-symbol-graph-dir $(SYMBOLS) \
	  --fallback-display-name RateDistortion --fallback-bundle-identifier rdbounds.RateDistortion \
	  --fallback-default-module-kind Library --transform-for-static-hosting --hosting-base-path library \
	  --output-path $(DOCS)/library
	$(PYTHON) Sources/Packaging/pages.py $(BINARY) $(DOCS)
	@echo "The documentation is under $(DOCS); $(PYTHON) -m http.server -d $(DOCS) 8000 shows it at http://localhost:8000/"

clean:
	$(SWIFT) package clean
