/**
 * A node's root file system, as a shell script that ends as the node's init.
 *
 * The node gets its own root by pivot_root(2) instead of mounts over the host's: cAdvisor, inside the kubelet, reads the mount table and fails on the host's
 * cgroup v1 mounts even if they are covered.
 */
import { join } from "node:path";
import { nodeNetwork } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import { quote } from "../shell.ts";

export interface NodeRootOptions {
  readonly node: NodeLayout;
  /** An empty directory, in which the root is assembled. */
  readonly root: string;
  /** The directory of the node's disk, which becomes its /var. */
  readonly disk: string;
  /** Paths of the host that exist at the same place on the node: executables and configuration. */
  readonly shared: readonly string[];
  /** The first process, which reaps orphans and ends on request. Killing it ends everything on the node. */
  readonly init: string;
}

/** The parts of the host's /etc that programs need; others (resolver, host name) are the node's own. */
const etcShared = [
  "alternatives",
  "group",
  "ld.so.cache",
  "ld.so.conf",
  "ld.so.conf.d",
  "nsswitch.conf",
  "passwd",
  "protocols",
  "services",
  "ssl",
];

/** The file on the node's disk with the lab's process id of the node's init, once the root is in place. */
export const initPidFile = "init.pid";

const systemDirectories = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/opt"];

export function nodeRootScript({ node, root, disk, shared, init }: NodeRootOptions): string {
  const at = (path: string): string => quote(join(root, path));
  const bind = (path: string): string[] => [
    `mkdir -p ${at(path)}`,
    `mount --rbind ${quote(path)} ${at(path)}`,
  ];
  return [
    "set -e",
    // /proc is still the lab's at this point, so this is the id by which the lab enters the node.
    "read -r pid rest < /proc/self/stat",
    `rm -f ${quote(join(disk, initPidFile))}`,
    "mount --make-rprivate /",
    `mount -t tmpfs -o mode=0755 tmpfs ${quote(root)}`,
    `mkdir -p ${["dev", "etc", "proc", "run", "sys", "tmp", "var", "mnt", "root"].map(at).join(" ")}`,
    `chmod 1777 ${at("tmp")}`,
    // Which of these are links into /usr depends on the distribution.
    ...systemDirectories.map(
      (path) =>
        `if [ -L ${path} ]; then cp -P ${path} ${at(path)}; elif [ -d ${path} ]; then mkdir -p ${at(path)}; mount --rbind ${path} ${at(path)}; fi`,
    ),
    ...etcShared.map((name) => {
      const target = at(`etc/${name}`);
      return `if [ -d /etc/${name} ]; then cp -rP /etc/${name} ${target} 2>/dev/null || true; elif [ -e /etc/${name} ]; then cp /etc/${name} ${target}; fi`;
    }),
    `echo ${node.name} > ${at("etc/hostname")}`,
    `echo 'nameserver ${nodeNetwork.resolver}' > ${at("etc/resolv.conf")}`,
    `printf '127.0.0.1 localhost\\n${node.address} ${node.name}\\n' > ${at("etc/hosts")}`,
    // The kubelet reads the machine's id from systemd's file: 32 hexadecimal digits, unique to the node.
    `printf %s ${node.name} | md5sum | cut -c 1-32 > ${at("etc/machine-id")}`,
    `mkdir -p ${quote(disk)}`,
    `mount --bind ${quote(disk)} ${at("var")}`,
    `mkdir -p ${["var/lib", "var/log/pods", "var/tmp"].map(at).join(" ")}`,
    `ln -s ../run ${at("var/run")} 2>/dev/null || true`,
    ...shared.flatMap(bind),
    `mount --rbind /dev ${at("dev")}`,
    `mount -t proc proc ${at("proc")}`,
    `mount -t sysfs sysfs ${at("sys")}`,
    `mount -t cgroup2 cgroup2 ${at("sys/fs/cgroup")}`,
    `hostname ${node.name}`,
    `cd ${quote(root)}`,
    "mkdir -p .old",
    "pivot_root . .old",
    "cd /",
    "umount -l /.old",
    "rmdir /.old",
    `echo $pid > /var/${initPidFile}.new`,
    // Everything is in place: this file is what others wait for.
    `mv /var/${initPidFile}.new /var/${initPidFile}`,
    `exec ${quote(init)}`,
  ].join("\n");
}
