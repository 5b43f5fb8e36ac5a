import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { socketsIn, userName } from "../../../lab/listener.ts";
import { takenPorts } from "../../../lab/ports.ts";

describe("the lab's ports", () => {
  const server = createServer();
  let port = 0;
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());

  it("are reported while another process has one, naming port, process and key", async () => {
    const [complaint, ...others] = await takenPorts({
      kubernetes: 0,
      cloudApi: 0,
      nodePort: port,
      loadBalancer: 0,
    });
    assert.match(
      complaint ?? "",
      new RegExp(
        `^port ${port} of 127.0.0.1, .* is taken by \\S.* \\(process ${process.pid}\\); choose another with lab:ports.nodePort in Pulumi.dev.yaml$`,
      ),
    );
    assert.deepEqual(others, []);
  });

  it("are accepted while they are free", async () => {
    const ports = { kubernetes: 0, cloudApi: 0, nodePort: 0, loadBalancer: 0 };
    assert.deepEqual(await takenPorts(ports), []);
  });

  it("are found among listening sockets only", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1",
      "   1: 0100007F:6DB0 0100007F:9999 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1",
      "   2: 0100007F:16DB 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4713 1",
    ].join("\n");
    assert.deepEqual(socketsIn(table, 28080), [{ uid: "1000", inode: "4711" }]);
  });

  it("of another user's processes are reported as that user's", () => {
    const passwd = "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000:Alice:/home/alice:/bin/sh\n";
    assert.equal(userName("1000", passwd), "the user alice");
    assert.equal(userName("4711", passwd), "the user with the id 4711");
  });
});
