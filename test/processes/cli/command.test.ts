import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { parseArguments, UsageError } from "../../../cli/command.ts";
import type { Command } from "../../../cli/command.ts";

const usage = { command: "npm run shop", args: "-- NAME", about: [], examples: [], exitCodes: [] };

const command: Command = {
  usage,
  options: { json: { type: "boolean" }, stack: { type: "string" } },
  positionals: 1,
  run: () => Promise.resolve(0),
};

const refused = (words: readonly string[]): string => {
  try {
    parseArguments(command, words);
  } catch (error) {
    assert(error instanceof UsageError);
    return error.message;
  }
  assert.fail("nothing was refused");
};

/** Words for Node that run a command with this body. */
const commandWith = (body: string): string[] => [
  "--input-type=module",
  "--eval",
  `import { resolve } from "node:path";
   import { importable } from "./loading/load.mjs";
   const { runCommand } = await import(importable(resolve("cli/command.ts")));
   await runCommand({ usage: ${JSON.stringify(usage)}, run: async (_given, signal) => { ${body} } });`,
];
const run = (body: string, ...words: string[]) =>
  spawnSync(process.execPath, [...commandWith(body), "--", "command", ...words], { encoding: "utf8" });

describe("a command's arguments", () => {
  it("are options and as many words as the command takes", () => {
    const { values, positionals } = parseArguments(command, ["status", "--json", "--stack", "dev"]);
    assert.deepEqual([values.json, values.stack, positionals], [true, "dev", ["status"]]);
  });

  it("are refused if an option is unknown", () => {
    assert.equal(refused(["--jsons"]), "unknown option --jsons; did you mean --json?");
    assert.equal(refused(["--json", "--stak=dev"]), "unknown option --stak; did you mean --stack?");
    assert.equal(refused(["-x"]), "unknown option -x");
  });

  it("are refused if there is a word too many", () =>
    assert.match(refused(["up", "up!"]), /^unknown argument "up!"/));

  it("say of a stack without a lab that it has none, and what works instead", () => {
    assert.throws(
      () => parseArguments({ ...command, options: {} }, ["status", "--stack", "eks"]),
      /--stack eks: this command needs a lab, and Pulumi\.eks\.yaml configures none.*npm run preview -- --stack NAME/,
    );
  });

  it("are refused if an option lacks its value", () => assert.match(refused(["--stack"]), /--stack/));

  it("are explained by --help, which does nothing else", () => {
    const { status, stdout, stderr } = run('throw new Error("it runs")', "--help");
    assert.match(stdout, /^Usage: npm run shop -- NAME\n/);
    assert.deepEqual([status, stderr], [0, ""]);
  }).timeout(60_000);

  it("end the command with exit code 2 and the usage if they make no sense", () => {
    const words = ["loading/run.mjs", "cli/lab.ts", "sideways"];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    assert.match(stderr, /^error: unknown command "sideways"\n\nUsage: npm run lab -- COMMAND/);
    assert.equal(status, 2);
  }).timeout(60_000);

  it("may name a stack that only an installed Pulumi could read: without one, they say what to do", () => {
    const words = ["loading/run.mjs", "cli/leftovers.ts", "--stack", "elsewhere"];
    const { status, stderr } = spawnSync(process.execPath, words, {
      encoding: "utf8",
      env: { ...process.env, PATH: "/nowhere" },
    });
    assert.match(
      stderr,
      /^error: the stack elsewhere is not in this checkout's state, .*install Pulumi, or make the stack with npm run pulumi -- stack init elsewhere$/m,
    );
    assert.equal(status, 2);
  }).timeout(60_000);
});

describe("a command's output", () => {
  const size = 200_000;
  /** @returns what a shell's `reader` has read of the command's pipe, and the exit code, which the command's shell adds to the standard error */
  const piped = (body: string, reader: string) => {
    const pipeline = `{ "$0" "$@"; echo "exit code $?" >&2; } | ${reader}`;
    return spawnSync("sh", ["-c", pipeline, process.execPath, ...commandWith(body)], { encoding: "utf8" });
  };

  it("stops a command as Ctrl-C does when nobody reads it any more", () => {
    const { stderr } = piped(
      `console.log("x");
       for (const begin = performance.now(); !signal.aborted && performance.now() - begin < 10_000; ) {
         await new Promise((resolve) => setTimeout(resolve, 10));
         console.log("y");
       }
       console.error("cleaned up");
       return 0;`,
      "head -n 1",
    );
    assert.equal(stderr, "cleaned up\nexit code 141\n");
  }).timeout(60_000);

  it("reaches a slow reader of a pipe whole", () => {
    const { stdout, stderr } = piped(`console.log("x".repeat(${size})); return 3;`, "{ sleep 0.5; cat; }");
    assert.deepEqual([stdout.length, stderr], [size + 1, "exit code 3\n"]);
  }).timeout(60_000);

  it("may be left unread: the command ends with its own exit code and says nothing", () => {
    const { stdout, stderr } = piped(`console.log("x".repeat(${size})); return 3;`, "head -c 1");
    assert.deepEqual([stdout, stderr], ["x", "exit code 3\n"]);
  }).timeout(60_000);
});

describe("an interrupted command", () => {
  /** Says that it is ready, and what it does once it is interrupted, which takes as long as given. */
  const interruptible = (cleanUpMilliseconds: number) =>
    spawn(
      process.execPath,
      commandWith(`
        setInterval(() => undefined, 60_000); // work that keeps the process alive
        console.log("ready");
        await new Promise((done) => signal.addEventListener("abort", done));
        console.log("cleaning up");
        await new Promise((done) => setTimeout(done, ${cleanUpMilliseconds}));
        console.log("cleaned up");
        return 0;`),
      { stdio: ["ignore", "pipe", "ignore"] },
    );

  it("cleans up if npm passes on the Ctrl-C that the terminal has sent already", async () => {
    const child = interruptible(300);
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (line !== "cleaned up") child.kill("SIGINT");
    }
    assert.deepEqual(said, ["ready", "cleaning up", "cleaned up"]);
    assert.equal(child.exitCode ?? (await once(child, "exit"))[0], 130);
  }).timeout(60_000);

  it("ends at once if it is interrupted again", async () => {
    const child = interruptible(600_000);
    const ended = once(child, "exit");
    let interrupting: NodeJS.Timeout | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      child.kill("SIGINT");
      if (line === "cleaning up") interrupting = setInterval(() => child.kill("SIGINT"), 100);
    }
    clearInterval(interrupting);
    assert.deepEqual(await ended, [130, null]);
  }).timeout(60_000);
});
