/**
 * The `nft` that kube-proxy finds on a node: the machine's own, except for transactions that are too large.
 *
 * nft needs a send buffer as large as a transaction. Enlarging it takes rights on the host that a user namespace does not give, so nft falls back to
 * net.core.wmem_default, 208 KB. A hundred Services whose endpoints change at once need more, and kube-proxy would retry with a transaction that only
 * grows. https://git.netfilter.org/nftables/tree/src/mnl.c?h=v1.0.6 (mnl_set_sndbuffer)
 */

/** The directories of the machine's commands. */
export const standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The directory of a node's own commands, in its configuration directory. */
export const nodeCommands = "commands";

/** The size at which a part may end, and at which it must. */
const partBytes = { enough: 30_000, most: 40_000 } as const;

/**
 * A transaction is sent as a whole, and split only if the kernel calls it too long. No split leaves a chain empty that will get rules: each part is consistent,
 * and the next one follows within milliseconds.
 * @param path the directories in which to look for nft
 */
export const nftInParts = (path = standardPath): string => `#!/bin/sh
PATH=${path}
[ "$*" = "-f -" ] || exec nft "$@"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cat > "$work/whole"
nft -f "$work/whole" 2> "$work/complaint" && exit 0
if ! grep -q 'Message too long' "$work/complaint"; then
  cat "$work/complaint" >&2
  exit 1
fi
# The kernel receives about three times a rule's text.
awk -v work="$work" -v enough=${partBytes.enough} -v most=${partBytes.most} '
  function begin() { close(part); part = sprintf("%s/part-%05d", work, ++parts); bytes = empty = 0; split("", flushed) }
  BEGIN { begin() }
  bytes > most || (bytes > enough && empty == 0) { begin() }
  { print > part; bytes += length($0) + 1 }
  $1 == "flush" && $2 == "chain" && !($5 in flushed) { flushed[$5]; empty++ }
  $1 == "add" && $2 == "rule" && ($5 in flushed) { delete flushed[$5]; empty-- }
' "$work/whole"
for part in "$work"/part-*; do
  nft -f "$part" || exit 1
done
`;
