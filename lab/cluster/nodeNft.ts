/**
 * The `nft` that kube-proxy finds on a node: the machine's own, but for transactions that are too large.
 *
 * nft needs a send buffer as large as a transaction, and may enlarge it only with rights on the host that nobody has in a user namespace; it then tries
 * with what net.core.wmem_default gives, 208 KB. A hundred Services whose endpoints change at once need more, and kube-proxy would try again and again
 * with a transaction that only grows. https://git.netfilter.org/nftables/tree/src/mnl.c?h=v1.0.6 (mnl_set_sndbuffer)
 */

/** Directories of the machine's commands. */
export const standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The directory of a node's own commands, in that of its configuration. */
export const nodeCommands = "commands";

/** Of a part's text: where it may end, and where it must. */
const partBytes = { enough: 30_000, most: 40_000 } as const;

/**
 * A transaction is sent whole and split only if the kernel says that it is too long, at places where no chain is left empty that will have rules: each
 * part is consistent, and what is missing of the next one is missing for milliseconds.
 * @param path where nft is found
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
# The kernel gets some three times a rule's text.
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
