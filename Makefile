# The ways to work with vOffice. Each installs what it lacks, then does one thing.
.PHONY: run demo install build test lint bench lines mutation proof sanitized clean

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error

## Builds the house and opens it on http://localhost:8080 (settings: voffice.conf).
run:
	scripts/install.sh build
	$(SWIFT_BUILD) -c release --product voffice
	$(SWIFT_BUILD) -c release --product voffice-verify
	exec .build/release/voffice serve

## A house to look around in: 30 people, 60 days. It lies in var-demo; what is there already is opened as it is.
demo:
	scripts/install.sh build
	$(SWIFT_BUILD) -c release --product voffice
	[ -e var-demo ] || VOFFICE_DATA=var-demo .build/release/voffice demo
	VOFFICE_DATA=var-demo exec .build/release/voffice serve

PREFIX ?= /usr/local
CONFIGURATION ?= release
INTO = $(DESTDIR)$(PREFIX)

## Puts what `make run` built where a machine looks for it: program, man pages, completion, files that come with it, units of systemd.
install:
	install -D -m 755 .build/$(CONFIGURATION)/voffice $(INTO)/bin/voffice
	install -D -m 755 .build/$(CONFIGURATION)/voffice-verify $(INTO)/bin/voffice-verify
	install -d $(INTO)/share/man/man1 $(INTO)/share/voffice $(INTO)/lib/systemd/system
	.build/$(CONFIGURATION)/voffice man $(INTO)/share/man/man1
	for shell in bash/bash-completion/completions/voffice zsh/zsh/site-functions/_voffice fish/fish/vendor_completions.d/voffice.fish; do \
	  install -d $(INTO)/share/$$(dirname $${shell#*/}); .build/$(CONFIGURATION)/voffice completion $${shell%%/*} > $(INTO)/share/$${shell#*/}; done
	cp -r assets policy voffice.conf office.conf $(INTO)/share/voffice/
	install -D -m 644 share/sysusers.d/voffice.conf $(INTO)/lib/sysusers.d/voffice.conf
	for unit in share/systemd/*; do sed "s|/usr/local|$(PREFIX)|g" $$unit > $(INTO)/lib/systemd/system/$$(basename $$unit); done

build:
	scripts/install.sh build
	$(SWIFT_BUILD)

## Everything that must hold; the last line says how much of it does.
test:
	scripts/install.sh build test
	scripts/test.py

lint:
	scripts/install.sh build
	scripts/lint.sh

## Measured against peers in the same run; bench/README.md says how.
bench:
	scripts/install.sh build bench
	$(SWIFT_BUILD) -c release --product voffice
	$(SWIFT_BUILD) -c release --product PolicyBench
	$(SWIFT_BUILD) -c release --product VaultBench
	bench/policy.py; policy=$$?; bench/vault.py; vault=$$?; bench/recorded.py; recorded=$$?; \
		bench/engines.py; engines=$$?; bench/gdpr.py; gdpr=$$?; bench/run.py && exit $$((policy + vault + recorded + engines + gdpr))

## Each line of the policy taken out, and every page and verb tried without it; half an hour.
lines:
	scripts/install.sh build test
	TESTED_VOFFICE=1 VOFFICE_EVERY_LINE=1 swift test --filter 'SiteTests.EveryLine'

## Every word of the policy exchanged, doubled, taken out; minutes.
mutation:
	scripts/install.sh build
	Tests/Mutation/mutation.py

## The table, the difference and its demands against the judge that enumerates, on 2,000 random policies and pairs of them; minutes.
proof:
	scripts/install.sh build test
	TESTED_VOFFICE=1 VOFFICE_PROOF=2000 swift test --filter 'PolicyTests.*(judge|enumerat|demands|spelling)'

## The unit tests with each access to memory looked at; for what a C library or the compiler gets wrong. Minutes.
sanitized:
	scripts/install.sh build test
	ASAN_OPTIONS=detect_leaks=0 swift test --scratch-path .build/sanitized --sanitize=address

clean:
	rm -rf .build
