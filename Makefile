# The verbs of ./run under their usual name; arguments in ARGS: make demo ARGS="--port 8001"
VERBS := setup demo test check format bench messages vendor lock

.PHONY: help $(VERBS)
help:
	@./run help

$(VERBS):
	@./run $@ $(ARGS)
