import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { closedAncestor, reachCommands, requireOpen } from "../../../../lab/keeper/reach.ts";

const closed =
  (...directories: string[]) =>
  (directory: string): boolean =>
    !directories.includes(directory);

describe("paths that the lab must reach", () => {
  it("need nothing where every directory above is open", () => {
    assert.deepEqual(reachCommands(["/home/ana/project"], closed()), []);
  });

  it("are found behind the outermost closed directory", () => {
    assert.equal(closedAncestor("/root/a/b", closed("/root", "/root/a")), "/root");
  });

  it("are not their own ancestors", () => {
    assert.equal(closedAncestor("/root", closed("/root")), undefined);
  });

  it("are bound back to their places over a covered closed directory", () => {
    assert.deepEqual(reachCommands(["/root/project", "/usr/bin/node"], closed("/root")), [
      "mount -t tmpfs -o mode=0755 tmpfs /mnt",
      "mkdir /mnt/0",
      "mount --rbind '/root/project' /mnt/0",
      "mount -t tmpfs -o mode=0755 tmpfs '/root'",
      "mkdir -p '/root/project'",
      "mount --rbind /mnt/0 '/root/project'",
      "umount -l /mnt",
    ]);
  });

  it("are held elsewhere while they move when one of them lies in /mnt", () => {
    assert.equal(
      reachCommands(["/mnt/data/project"], closed("/mnt/data"))[0],
      "mount -t tmpfs -o mode=0755 tmpfs /media",
    );
  });

  it("keep their names in the shell, quotes and spaces included", () => {
    assert.ok(reachCommands(["/root/it's here"], closed("/root")).includes(`mkdir -p '/root/it'\\''s here'`));
  });

  it("may not be closed themselves, and the error says how to open them", () => {
    assert.throws(() => {
      requireOpen(["/root/project", "/usr"], closed("/root/project"));
    }, /may not enter \/root\/project; allow it with: chmod o\+rx '\/root\/project'$/);
  });
});
