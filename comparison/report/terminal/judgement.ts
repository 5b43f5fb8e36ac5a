/** The judgement of manifests on a terminal. */
import type { JudgedService, Judgement, OwnWay } from "../../result/judgement.ts";
import { nextRefusals, outcomeOf, ownOf, warningsOf } from "../judgement.ts";
import { Screen } from "./screen.ts";
import type { ScreenOptions } from "./screen.ts";

export function terminalJudgement(judgement: Judgement, options: ScreenOptions): string {
  const screen = new Screen(options);
  const { verdict, services, assumed, firewall } = judgement;
  return [
    ...services.map((service) => serviceText(service, judgement, screen)),
    ...(firewall.needed === 0
      ? []
      : [
          screen.hanging(
            "",
            `Together they need ${firewall.needed} of ${firewall.allowed} ${firewall.what}.`,
          ),
        ]),
    screen.hanging("", assumed),
    screen.paint(
      screen.hanging("", verdict.sentence),
      verdict.kind === "judged" ? "green" : "yellow",
      "bold",
    ),
  ].join("\n\n");
}

function serviceText(service: JudgedService, judgement: Judgement, screen: Screen): string {
  const { place, type, reasons, andThen, values, own } = service;
  const title = type === "unknown" ? service.service : `${service.service}, type ${type}`;
  return [
    screen.paint(screen.hanging("", `${title} (${place})`), "bold"),
    screen.hanging("  ", outcomeOf(service, judgement)),
    ...reasons.map((reason) => screen.hanging("  - ", reason)),
    ...(andThen.length === 0 ? [] : [screen.hanging("  ", nextRefusals)]),
    ...andThen.map((reason) => screen.hanging("  - ", reason)),
    ...(values.length === 0
      ? []
      : [
          screen.table(
            ["", ""],
            widths,
            values.map(({ title: name, value }) => [{ text: name }, { text: value }]),
          ),
        ]),
    ...warningsOf(service).map((note) => screen.hanging("  (!) ", note)),
    ...(own === null ? [] : ownLines(own, screen)),
  ].join("\n");
}

const widths = [22, 51];

function ownLines(own: OwnWay, screen: Screen): string[] {
  return [
    screen.hanging("  ", ownOf(own)),
    ...own.reasons.map((reason) => screen.hanging("  - ", reason)),
    // Not wrapped, so that it can be copied.
    ...own.program
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : `    ${line}`)),
  ];
}
