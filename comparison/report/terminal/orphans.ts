/** Orphans on a terminal. */
import type { Orphans } from "../../result/orphans.ts";
import { dollars } from "../../result/words.ts";
import { Screen } from "./screen.ts";
import type { ScreenOptions } from "./screen.ts";

export function terminalOrphans(result: Orphans, options: ScreenOptions): string {
  const screen = new Screen(options);
  const { orphans, verdict, prices, limits } = result;
  return [
    ...orphans.map((orphan) => orphanText(orphan, screen)),
    ...(result.monthly === 0 ? [] : [screen.hanging("", `${prices}.`)]),
    limits.map((limit) => screen.hanging("  - ", limit)).join("\n"),
    screen.paint(screen.hanging("", verdict.sentence), verdict.kind === "none" ? "green" : "yellow", "bold"),
  ].join("\n\n");
}

function orphanText(
  { kind, name, id, reason, monthly, units, parts, commands }: Orphans["orphans"][number],
  screen: Screen,
): string {
  const price = monthly === 0 ? "" : `, ${dollars(monthly)} a month`;
  const cost = units === undefined ? price : `, ${units}`;
  return [
    screen.paint(screen.hanging("", `${kind} ${name}${cost}`), "bold"),
    ...(id === name ? [] : [screen.hanging("  ", id)]),
    screen.hanging("  ", `${reason}.`),
    ...parts.map((part) => screen.hanging("  - ", `${part.kind} ${part.name} (${part.id})`)),
    // Not wrapped: they are there to be copied.
    ...(commands.length === 0 ? [] : ["  To remove it:", ...commands.map((command) => `    ${command}`)]),
  ].join("\n");
}
