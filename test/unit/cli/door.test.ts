import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse, UsageError } from "../../../cli/door.ts";
import type { Door } from "../../../cli/door.ts";

const door: Door = {
  usage: "the usage",
  options: { json: { type: "boolean" }, stack: { type: "string" } },
  positionals: 1,
  run: () => Promise.resolve(0),
};

const refused = (words: readonly string[]): string => {
  try {
    parse(door, words);
  } catch (error) {
    assert(error instanceof UsageError);
    return error.message;
  }
  assert.fail("nothing was refused");
};

describe("a command's arguments", () => {
  it("are options and as many words as the command takes", () => {
    const { values, positionals } = parse(door, ["status", "--json", "--stack", "dev"]);
    assert.deepEqual([values.json, values.stack, positionals], [true, "dev", ["status"]]);
  });

  it("with an unknown option are refused, with the usage", () => {
    assert.equal(refused(["--jsno"]), "Unknown option '--jsno'\n\nthe usage");
  });

  it("with a word too many are refused", () =>
    assert.match(refused(["up", "up!"]), /^unknown argument "up!"/));

  it("without an option's value are refused", () => assert.match(refused(["--stack"]), /--stack/));

  const run = (file: string, ...words: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", `cli/${file}.ts`, ...words], { encoding: "utf8" });

  it("are explained by --help, which does nothing else", () => {
    const { status, stdout, stderr } = run("lab", "--help");
    assert.equal(stderr, "");
    assert.match(stdout, /^npm run lab -- COMMAND/);
    assert.equal(status, 0);
  }).timeout(10_000);

  it("that make no sense end the command with 2", () => {
    const { status, stderr } = run("lab", "sideways");
    assert.match(stderr, /^error: unknown command "sideways"\n\nnpm run lab/);
    assert.equal(status, 2);
  }).timeout(10_000);
});
