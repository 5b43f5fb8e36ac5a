/** Where JavaScript that is made of the checkout's TypeScript is kept: below `node_modules/.cache`. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";

export const checkout = resolve(import.meta.dirname, "..");
export const cache = join(checkout, "node_modules/.cache/nodeport-vs-loadbalancer");
/** Several checkouts may share a `node_modules` through links. */
export const copies = join(cache, hashOf(checkout));

/** A key that changes with files of the checkout that make the JavaScript, and with the libraries' versions. */
export function keyOfMaker(...files) {
  return hashOf(...[...files, "package-lock.json"].map((file) => readFileSync(join(checkout, file))));
}

/** All TypeScript of the project. */
export function modulesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return /(?<!\.d)\.ts$/.test(entry.name) ? [path] : [];
    return entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name) ? modulesIn(path) : [];
  });
}

/** Differs as soon as the content of a file may differ. Git goes by the same. */
export function stampOf(file) {
  const { mtimeMs, ctimeMs, size, ino } = statSync(file);
  return [mtimeMs, ctimeMs, size, ino].join(" ");
}

/** As a whole or not at all: another command may read or write the same file. */
export function write(file, content) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, content);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

export function hashOf(...parts) {
  return parts
    .reduce((hash, part) => hash.update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 16);
}
