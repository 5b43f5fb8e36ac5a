import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inotifyUsedUp } from "../../../lab/inotify.ts";

describe("a lab that gets no inotify instances", () => {
  let logs: string;
  beforeEach(() => (logs = mkdtempSync(join(tmpdir(), "inotify-test-"))));
  afterEach(() => rmSync(logs, { recursive: true }));

  const log = (name: string, error: string) =>
    writeFileSync(
      join(logs, name),
      `time="2026-11-28T02:56:17Z" level=warning msg="another" error="another"
time="2026-11-28T02:56:18.831234722Z" level=warning msg="failed to load plugin" error="${error}"
`,
    );
  const usedUp = (since: string) => inotifyUsedUp(logs, new Date(since));
  const before = "2026-11-28T02:56:00Z";

  it("is told by a containerd's log, with the remedy", () => {
    log("node-b-containerd.log", "couldn't initialize inotify: too many open files");
    assert.match(usedUp(before) ?? "", /stop another lab, or .* sysctl -w fs\.inotify\.max_user_instances=/);
  });

  it("is told by a kubelet's log", () => {
    const line = (time: string) =>
      `E1128 ${time}     384 kubelet.go:1728] "Failed to start cAdvisor" err="inotify_init: too many open files"\n`;
    writeFileSync(join(logs, "node-a-kubelet.log"), line("02:55:59.999000"));
    assert.equal(usedUp(before), undefined);
    writeFileSync(join(logs, "node-a-kubelet.log"), line("02:56:00.001000"));
    assert.notEqual(usedUp(before), undefined);
  });

  it("is not told by what an earlier start met", () => {
    log("node-b-containerd.log", "couldn't initialize inotify: too many open files");
    assert.equal(usedUp("2026-11-28T02:57:00Z"), undefined);
  });

  it("is not taken for one because something else has too many open files, or nothing has", () => {
    assert.equal(usedUp(before), undefined);
    log("etcd.log", "inotify: too many open files");
    log("node-a-containerd.log", "accept: too many open files");
    assert.equal(usedUp(before), undefined);
  });
});
