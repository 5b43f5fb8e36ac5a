import assert from "node:assert/strict";
import { benchCloud } from "../../../../bench/clouds/index.ts";
import { memoryIn } from "../../../../bench/scale/memory.ts";

const { programs } = benchCloud();
const listing = `2048 /cache/bin/etcd --data-dir=/lab/state/etcd
1024 /cache/bin/kube-proxy --config=/etc/a
1024 /cache/bin/kube-proxy --config=/etc/b
3072 /usr/bin/node /checkout/loading/run.mjs /checkout/lab/clouds/aws/balancer/main.ts --endpoint http://127.0.0.1:4566
512 /usr/bin/node /checkout/loading/run.mjs /checkout/lab/dns/main.ts --address 10.0.0.2
512 sh -c something with kube-proxy in it
4096 /venv/bin/python -m emulator --host 0.0.0.0
`;

describe("the lab's memory", () => {
  it("is that of all processes, summed up by program", () =>
    assert.deepEqual(memoryIn(listing, programs), {
      total: 12,
      byProgram: {
        etcd: 2,
        "kube-proxies": 2,
        "load balancers' data plane": 3,
        "all others": 1,
        "AWS API": 4,
      },
    }));

  it("ignores lines without a process, such as one that has just ended", () =>
    assert.deepEqual(memoryIn("\n \nawk: no such file\n", programs), { total: 0, byProgram: {} }));
});
