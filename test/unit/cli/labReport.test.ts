import assert from "node:assert/strict";
import { labReport } from "../../../cli/labReport.ts";
import type { LabStatus } from "../../../lab/lab.ts";
import type { LabSettings } from "../../../lab/settings.ts";
import type { ProcessStatus } from "../../../lab/supervisor/process.ts";
import type { LabStatusFile } from "../../../lab/supervisor/status.ts";

const settings: LabSettings = {
  directory: "/project/.lab",
  kubeconfig: "/project/.lab/kubeconfig",
  ports: { kubernetes: 1024, cloudApi: 1025, nodePort: 1026, loadBalancer: 1027 },
  timeScale: 1,
};
const running = { directory: settings.directory, initPid: 4711 };
/** The status shows local times. */
const at = (minute: number): string => new Date(2026, 7, 1, 14, minute, 5).toISOString();
const steady: ProcessStatus = {
  name: "etcd",
  pid: 17,
  held: false,
  since: at(3),
  backOff: undefined,
  restarts: 0,
  lastExit: undefined,
};
const last: LabStatusFile = {
  phase: "ready",
  reason: undefined,
  milestones: [],
  processes: [steady],
  cutNodes: [],
};

describe("the lab's status", () => {
  const text = (status: LabStatus, free = 1e9): string => labReport(settings, status, free).text;
  const lineOf = (process: ProcessStatus): string =>
    text({ running, last: { ...last, processes: [process] } })
      .split("\n")
      .at(-1) ?? "";

  it("says since when a process runs", () => {
    assert.equal(lineOf(steady), "  etcd  running since 2026-08-01 14:03:05");
  });

  it("says how often a process was restarted, and how it ended last", () => {
    assert.equal(
      lineOf({ ...steady, restarts: 1, lastExit: "SIGKILL" }),
      "  etcd  running since 2026-08-01 14:03:05; 1 restart, last ended with SIGKILL",
    );
  });

  it("says how long a process pauses before its next start, and where to look", () => {
    const waiting = { ...steady, pid: undefined, backOff: 3200, restarts: 6, lastExit: "exit code 1" };
    assert.equal(
      lineOf(waiting),
      "  etcd  ended 2026-08-01 14:03:05, restarts after a pause of 3.2 s; see npm run lab -- logs etcd; 6 restarts, last ended with exit code 1",
    );
  });

  it("says which process is held, and how to release it", () => {
    assert.equal(
      lineOf({ ...steady, pid: undefined, held: true }),
      "  etcd  held since 2026-08-01 14:03:05; start it again with: npm run lab -- release etcd",
    );
  });

  it("says how far a start has come", () => {
    const milestones = [
      { name: "network", seconds: 0.31 },
      { name: "cloud API", seconds: 1.26 },
    ];
    const status = { running, last: { ...last, phase: "starting" as const, milestones } };
    assert.match(text(status), /^the lab is starting: 2 of 8 steps done, cloud API after 1\.3 s\n/);
  });

  it("says why a lab is down", () => {
    const down = (status: Partial<LabStatusFile>): string =>
      text({ running: undefined, last: { ...last, ...status } });
    const start = "start it with: npm run lab -- up";
    assert.equal(text({ running: undefined, last: undefined }), `the lab is down; ${start}`);
    assert.equal(down({ phase: "stopping" }), `the lab is down; ${start}`);
    assert.equal(
      down({ phase: "failed", reason: "all nodes Ready: not there after 120 s" }),
      `the lab is down: all nodes Ready: not there after 120 s\n${start}`,
    );
    assert.equal(
      down({ phase: "ready" }),
      `the lab is down: it ended without being stopped; see its last messages with: npm run lab -- logs lab\n${start}`,
    );
  });

  it("says that the disk is full", () => {
    assert.match(
      text({ running, last }, 4_999_999),
      /\nthe disk that holds \/project\/\.lab is full, 4 MB are free: free some space$/,
    );
    assert.doesNotMatch(text({ running, last }, 5_000_000), /disk/);
  });

  it("has the addresses of the cluster, the cloud and the load balancers", () => {
    assert.deepEqual(text({ running, last }).split("\n").slice(1, 5), [
      "  Kubernetes API  https://127.0.0.1:1024  (kubectl --kubeconfig /project/.lab/kubeconfig)",
      "  AWS API         http://127.0.0.1:1025",
      "  NodePort        http://localhost:1026",
      "  LoadBalancer    http://localhost:1027",
    ]);
  });

  it("is the same for programs", () => {
    const { data } = labReport(settings, { running, last }, 1e9);
    assert.deepEqual(
      [data.running, data.phase, data.pid, data.processes, data.endpoints],
      [true, "ready", 4711, [steady], { kubernetes: "https://127.0.0.1:1024", aws: "http://127.0.0.1:1025" }],
    );
    assert.deepEqual(labReport(settings, { running: undefined, last }, 1e9).data.processes, []);
  });
});
