# Short names for Maven and for the commands of the jar; everything here works without make, too.
# Settings come from application.yaml and the environment, as for the bridge itself.
.DEFAULT_GOAL := help
.PHONY: help bridge-up bridge-down bridge-test bridge-sql bridge-sql-print bridge-ingest-test bridge-push-test bridge-doctor demo-reset routes-check routes-diff routes-versions routes-rollback routes-unpin bench bench-steady

JAR := target/odoo-supabase-bridge.jar
# The same, unpacked once: it starts with two thirds of the processor time.
APP := target/app/odoo-supabase-bridge.jar
# The option that maps its classes from an archive: loaded and linked ahead of time with JDK 24 or later, parsed before.
ARCHIVE := target/app/archive.args
# As in the systemd unit. Without a limit the JVM takes a quarter of the machine before it cleans up; most objects die
# young, which the parallel collector is cheapest at; the classes need 100 MB, which the start need not find out.
JAVA_FLAGS ?= -Xmx256m -XX:+UseParallelGC -XX:MetaspaceSize=128m -XX:+ExitOnOutOfMemoryError
PID := data/bridge.pid
LOG := data/bridge.log
# The class path of the benchmark
BENCH := target/bench/classpath
# The folder of the demo, mvn spring-boot:run
DEMO := data
# Whether the process $$pid runs. A zombie, which has ended but was not reaped, does not count.
ALIVE := { kill -0 $$pid 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' /proc/$$pid/status; }

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-20s %s\n", $$1, $$2}'

bridge-up: $(APP) ## Start the bridge in the background
	@mkdir -p data
	@if [ -f $(PID) ] && pid=$$(cat $(PID)) && $(ALIVE); then echo "already running, pid $$pid"; exit 1; fi
	@nohup java $(JAVA_FLAGS) @$(ARCHIVE) -jar $(APP) > $(LOG) 2>&1 < /dev/null & pid=$$!; echo $$pid > $(PID); \
	for turn in $$(seq 240); do \
	  if ! $(ALIVE); then grep -q '^The bridge does not start' $(LOG) && sed -n '/^The bridge does not start/,$$p' $(LOG) || { echo "the bridge did not start; the last line of $(LOG):"; tail -n 1 $(LOG); }; rm -f $(PID); exit 1; fi; \
	  if grep -q 'Started BridgeApplication' $(LOG); then echo "up, pid $$pid; the log is $(LOG)"; exit 0; fi; \
	  sleep 0.5; \
	done; echo "still starting after 120 s, pid $$pid; the log is $(LOG)"; exit 1

bridge-down: ## Stop the bridge that bridge-up started, after the calls in flight have ended
	@if ! { [ -f $(PID) ] && pid=$$(cat $(PID)) && $(ALIVE); }; then rm -f $(PID); echo "not running"; exit 0; fi; \
	kill $$pid; \
	for turn in $$(seq 240); do \
	  if ! $(ALIVE); then rm -f $(PID); echo stopped; exit 0; fi; \
	  sleep 0.5; \
	done; echo "pid $$pid still runs after 120 s; see $(LOG) for what it waits for"; exit 1

bridge-test: ## Run every test
	mvn verify

bridge-sql: $(APP) ## Update the database's schema
	@java -jar $(APP) migrate

bridge-sql-print: $(APP) ## Print the schema as one file, for supabase/migrations; with PART=realtime-policy, the policy for Realtime
	@java -jar $(APP) sql-print $(PART)

bridge-ingest-test: $(APP) ## Send one signed bridge.test event to the running bridge
	@java -jar $(APP) ingest-test

bridge-push-test: $(APP) ## Send one bridge.ping action through the running bridge to Odoo
	@java -jar $(APP) push-test

bridge-doctor: $(APP) ## Check everything and name a remedy for each fault; with DISK=8GB, also when that disk will be full
	@java -jar $(APP) doctor $(if $(DISK),--disk $(DISK))

routes-check: $(APP) ## Check the route files, without a database; with FOLDER=path, those of another folder
	@java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar $(APP) routes-check $(FOLDER)

routes-diff: $(JAR) ## Compare the route files with the shipped ones; with FOLDER=path, BASE=old.jar, PATCH=yes
	@java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar $(JAR) routes-diff $(FOLDER) $(if $(BASE),--base $(BASE)) $(if $(PATCH),--patch)

routes-versions: $(JAR) ## List the versions of the routes that ran
	@java -jar $(JAR) routes list

routes-rollback: $(JAR) ## Run a version of the routes again on all replicas: VERSION=7 WHY="orders were lost"
	@java -jar $(JAR) routes rollback $(VERSION) --why "$(WHY)"

routes-unpin: $(JAR) ## Run the routes of the folder again: WHY="mended"
	@java -jar $(JAR) routes unpin --why "$(WHY)"

bench: $(APP) $(BENCH) ## Measure the bridge on this machine, into target/bench; against BENCH_DB_URL, or an embedded PostgreSQL
	@java -cp "target/test-classes:target/classes:$$(cat $(BENCH))" net.insightpulseai.bridge.bench.Bench

bench-steady: $(APP) $(BENCH) ## Measure ingest for minutes while as much gets too old: in one table, and in partitions
	@java -cp "target/test-classes:target/classes:$$(cat $(BENCH))" net.insightpulseai.bridge.bench.SteadyBench

demo-reset: ## Forget the demo's database and keys; the next mvn spring-boot:run starts from nothing
	@for file in $(DEMO)/postgres-*/postmaster.pid; do \
	  if [ -f "$$file" ] && pid=$$(head -n 1 "$$file") && $(ALIVE); then \
	    echo "the demo still runs: stop it with Ctrl-C; if it was killed, stop its PostgreSQL with kill $$pid"; exit 1; fi; \
	done; \
	rm -rf $(DEMO)/postgres-* $(DEMO)/postgres.lock $(DEMO)/bridge.env; echo "the demo starts from nothing"

$(JAR): pom.xml $(shell find src/main -type f)
	@echo "building $(JAR), which takes a minute or two"
	mvn -q -DskipTests package
	@touch $@ # a reproducible build dates the jar back

$(APP): $(JAR)
	@rm -rf $(@D) && java -Djarmode=tools -jar $(JAR) extract --destination $(@D) > /dev/null && touch $@
	@if java -XX:AOTMode=auto -version > /dev/null 2>&1; \
	then make=-XX:AOTCacheOutput; use='-XX:+IgnoreUnrecognizedVMOptions -XX:AOTCache'; \
	else make=-XX:ArchiveClassesAtExit; use='-Xlog:cds=off -Xlog:cds+dynamic=off -XX:SharedArchiveFile'; fi; \
	java $$make=$(@D)/bridge.archive -jar $(APP) routes-check > /dev/null 2>&1 || true; \
	if [ -f $(@D)/bridge.archive ]; then echo "$$use=$(@D)/bridge.archive"; fi > $(ARCHIVE)

$(BENCH): pom.xml $(wildcard src/test/java/net/insightpulseai/bridge/bench/*.java)
	mvn -q -Dspotless.check.skip process-test-classes dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=$@
