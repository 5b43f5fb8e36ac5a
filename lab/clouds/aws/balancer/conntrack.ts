/** The kernel's connection tracking in the data plane's network namespace: idle time-outs, and connections to end earlier. */
import { writeFileSync } from "node:fs";
import koffi from "koffi";
import { idleTimeoutSeconds, kernelSeconds } from "./clocks.ts";
import type { Clocks } from "./clocks.ts";

/**
 * Tracks connections as a Network Load Balancer does: flows that are idle for long enough are forgotten, and data without a connection does not create one. The
 * rule set holds the time-outs of listeners that have their own.
 *
 * Closed and unanswered connections are forgotten quickly, so that one client address can open many. Segments outside the window are left to the endpoints.
 */
export function setTimeouts(clocks: Clocks): void {
  const udp = kernelSeconds(idleTimeoutSeconds.udp, clocks);
  const settings = {
    tcp_timeout_established: kernelSeconds(idleTimeoutSeconds.tcp, clocks),
    udp_timeout: udp,
    udp_timeout_stream: udp,
    tcp_timeout_time_wait: 10,
    tcp_timeout_syn_sent: 10,
    tcp_loose: 0,
    tcp_be_liberal: 1,
  };
  for (const [name, value] of Object.entries(settings)) {
    writeFileSync(`/proc/sys/net/netfilter/nf_conntrack_${name}`, String(value));
  }
}

/** Forgets every tracked connection with this mark. Its next TCP packet is reset; its next UDP packet begins a new flow. */
export function forgetConnections(mark: number): void {
  const netlink = (connections ??= openNetlink());
  const message = Buffer.alloc(36);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE((nfnlSubsysCtnetlink << 8) | ctDelete, 4);
  message.writeUInt16LE(requestAndAcknowledge, 6);
  message.writeUInt8(inet, 16);
  attribute(message, 20, ctaMark, mark);
  attribute(message, 28, ctaMarkMask, 0xffffffff);
  const reply = Buffer.alloc(128);
  if (
    netlink.send(netlink.socket, message, message.length, 0) < 0 ||
    netlink.recv(netlink.socket, reply, reply.length, 0) < 20
  ) {
    throw new Error(
      "connection tracking does not answer: is the kernel's nf_conntrack_netlink module available?",
    );
  }
  const code = -reply.readInt32LE(16);
  // ENOENT: no connection had this mark.
  if (code !== 0 && code !== 2)
    throw new Error(`connection tracking refused to forget connections: errno ${code}`);
}

// linux/netlink.h, linux/netfilter/nfnetlink.h, linux/netfilter/nfnetlink_conntrack.h
const netlinkFamily = 16;
const netlinkNetfilter = 12;
const rawCloseOnExec = 3 | 0o2000000;
const inet = 2;
const nfnlSubsysCtnetlink = 1;
const ctDelete = 2;
const requestAndAcknowledge = 1 | 4;
const ctaMark = 8;
const ctaMarkMask = 21;

interface Netlink {
  readonly socket: number;
  readonly send: (socket: number, data: Buffer, length: number, flags: number) => number;
  readonly recv: (socket: number, data: Buffer, length: number, flags: number) => number;
}

let connections: Netlink | undefined;

function openNetlink(): Netlink {
  const libc = koffi.load(null);
  const socket = libc.func("int socket(int, int, int)") as (...args: number[]) => number;
  return {
    socket: socket(netlinkFamily, rawCloseOnExec, netlinkNetfilter),
    send: libc.func("intptr_t send(int, const void *, size_t, int)"),
    recv: libc.func("intptr_t recv(int, _Out_ void *, size_t, int)"),
  };
}

function attribute(message: Buffer, offset: number, type: number, value: number): void {
  message.writeUInt16LE(8, offset);
  message.writeUInt16LE(type, offset + 2);
  message.writeUInt32BE(value, offset + 4);
}
