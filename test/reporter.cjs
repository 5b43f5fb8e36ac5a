"use strict";

// mocha's spec reporter, then one line for people and machines: how many passed, failed and were skipped.

const { reporters } = require("mocha");

module.exports = class TallyReporter extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
  }
};
