import assert from "node:assert/strict";
import { countConnections } from "../../../cli/openConnections.ts";

const tcp = (state: string, to: string): string =>
  `ipv4     2 tcp      6 431999 ${state} src=198.51.100.2 dst=${to} sport=40000 dport=80 src=10.0.0.10 dst=198.51.100.2 sport=30080 dport=40000 [ASSURED] mark=0 zone=0 use=2`;
const udp = (to: string): string =>
  `ipv4     2 udp      17 29 src=198.51.100.2 dst=${to} sport=40000 dport=53 [UNREPLIED] src=10.0.0.10 dst=198.51.100.2 sport=30053 dport=40000 mark=0 zone=0 use=2`;

describe("open connections", () => {
  const one = "198.18.0.1";
  const count = (...lines: string[]): number =>
    countConnections(`${lines.join("\n")}\n`, [one, "198.18.0.2"]);

  it("are those to one of the addresses, of TCP and of UDP", () => {
    assert.equal(count(tcp("ESTABLISHED", one), udp("198.18.0.2"), tcp("ESTABLISHED", "198.18.0.11")), 2);
  });

  it("are also those that one side has closed, and not those that are over", () => {
    assert.equal(count(tcp("FIN_WAIT", one), tcp("CLOSE_WAIT", one), tcp("SYN_RECV", one)), 3);
    assert.equal(count(tcp("TIME_WAIT", one), tcp("CLOSE", one), tcp("LAST_ACK", one)), 0);
  });

  it("are not those that come from an address", () => {
    const back = tcp("ESTABLISHED", "10.0.0.10").replace("src=198.51.100.2", `src=${one}`);
    assert.equal(count(back, ""), 0);
  });
});
