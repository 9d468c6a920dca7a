# Thin names over Maven and the jar's own commands; everything here works without make, too.
# Settings come from application.yaml and the environment, as for the bridge itself.
.DEFAULT_GOAL := help
.PHONY: help bridge-up bridge-down bridge-test bridge-sql bridge-sql-print bridge-ingest-test bridge-push-test bridge-doctor

JAR := target/odoo-supabase-bridge.jar
PID := data/bridge.pid

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-20s %s\n", $$1, $$2}'

bridge-up: $(JAR) ## Start the bridge in the background
	@mkdir -p data
	@if [ -f $(PID) ] && kill -0 $$(cat $(PID)) 2>/dev/null; then echo "already running, pid $$(cat $(PID))"; exit 1; fi
	@nohup java -jar $(JAR) > data/bridge.log 2>&1 & echo $$! > $(PID)
	@echo "pid $$(cat $(PID)); the log is data/bridge.log"

bridge-down: ## Stop the bridge that bridge-up started; what is in flight is finished first
	@if [ -f $(PID) ]; then kill $$(cat $(PID)) 2>/dev/null || true; rm -f $(PID); echo stopped; else echo "not running"; fi

bridge-test: ## Run every test
	mvn verify

bridge-sql: $(JAR) ## Bring the database's schema up to date
	@java -jar $(JAR) migrate

bridge-sql-print: $(JAR) ## Print that schema as one file, for supabase/migrations
	@java -jar $(JAR) sql-print

bridge-ingest-test: $(JAR) ## Send one signed bridge.test event to the running bridge
	@java -jar $(JAR) ingest-test

bridge-push-test: $(JAR) ## Send one bridge.ping action through the running bridge to Odoo
	@java -jar $(JAR) push-test

bridge-doctor: $(JAR) ## Check settings, database, Odoo and Supabase, with a remedy for each fault
	@java -jar $(JAR) doctor

$(JAR): pom.xml $(shell find src/main -type f)
	mvn -q -DskipTests package
