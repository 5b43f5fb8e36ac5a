"use strict";

// Loaded before everything else, in syntax that any Node understands: says so when Node is too old for the rest, and ends it.
// The version comes from `engines` in package.json.

var required = require("../package.json").engines.node.replace(">=", "");

/** What to print for a Node of this version, or undefined if it will do. */
function complaint(version) {
  var has = version.split(".").map(Number);
  var needs = required.split(".").map(Number);
  for (var i = 0; i < needs.length; i++) {
    if (has[i] > needs[i]) return undefined;
    if (has[i] < needs[i]) {
      return (
        "error: this is Node " +
        version +
        ", and Node " +
        required +
        " or newer is needed.\n" +
        "Get it from https://nodejs.org or with your version manager, for example: nvm install 22"
      );
    }
  }
  return undefined;
}

module.exports = complaint;

var message = complaint(process.versions.node);
if (message !== undefined) {
  console.error(message);
  process.exit(1);
}
