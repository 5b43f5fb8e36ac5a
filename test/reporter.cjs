"use strict";

// mocha's spec reporter, and at the end where the time went, then a line for each failed test, then one for people and machines: how many tests passed, failed and were skipped.

const { relative } = require("node:path");
const { reporters } = require("mocha");

/** Without TEST_TIMINGS only files and steps that take longer than this are listed. */
const slowSeconds = 30;
const slowStepSeconds = 20;

module.exports = class TallyReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = new Map();
    const steps = [];
    const add = (runnable) => {
      const seconds = (runnable.duration ?? 0) / 1000;
      const file = relative(process.cwd(), runnable.file ?? "");
      files.set(file, (files.get(file) ?? 0) + seconds);
      steps.push({ seconds, file, title: runnable.title });
    };
    runner.on("test end", add);
    runner.on("hook end", add);
    this.timings = { files, steps };
    this.failed = [];
    runner.on("fail", (runnable, error) => {
      const file = relative(process.cwd(), runnable.file ?? "");
      const reason = String(error?.message ?? error)
        .replace(/\s+/g, " ")
        .slice(0, 300);
      this.failed.push(`failed: ${file}: ${runnable.fullTitle()}: ${reason}`);
    });
  }

  epilogue() {
    super.epilogue();
    this.tellTimings();
    for (const line of this.failed) reporters.Base.consoleLog(line);
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
  }

  tellTimings() {
    const all = process.env.TEST_TIMINGS !== undefined;
    const files = [...this.timings.files]
      .map(([file, seconds]) => ({ seconds, text: file }))
      .filter(({ seconds }) => all || seconds >= slowSeconds);
    const steps = this.timings.steps
      .map(({ seconds, file, title }) => ({ seconds, text: `${file}: ${title}` }))
      .filter(({ seconds }) => seconds >= (all ? 1 : slowStepSeconds));
    tell("Seconds by file", files);
    tell("Slow tests and hooks, in seconds", steps);
  }
};

function tell(title, rows) {
  if (rows.length === 0) return;
  reporters.Base.consoleLog(`${title}:`);
  for (const { seconds, text } of rows.sort((a, b) => b.seconds - a.seconds))
    reporters.Base.consoleLog(`  ${seconds.toFixed(1).padStart(7)}  ${text}`);
  reporters.Base.consoleLog("");
}
