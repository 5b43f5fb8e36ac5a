import { stages } from "../../../../../comparison/scenarios/proxyProtocol/conclude.ts";
import type { Measured, Met, Stage } from "../../../../../comparison/scenarios/proxyProtocol/conclude.ts";
import { proxyProtocol } from "../../../../../comparison/scenarios/proxyProtocol/scenario.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { trialOf, unmeasured } from "../trial.ts";

const usual: Readonly<Record<Stage, Met>> = {
  neither: { answered: 100, seen: "a node's" },
  unread: { answered: 0, seen: "none" },
  read: { answered: 100, seen: "the client's" },
  missing: { answered: 0, seen: "none" },
};
/** On one side as usual, but for what this says. */
const found = (changes: Partial<Record<Stage, Partial<Met>>> = {}): Measured =>
  Object.fromEntries(
    (Object.keys(stages) as Stage[]).map((stage) => [
      stage,
      { left: measured(usual[stage]), right: measured({ ...usual[stage], ...changes[stage] }) },
    ]),
  ) as unknown as Measured;

const answered = (stage: Stage): string => `${stages[stage]}: answered`;
const seen = (stage: Stage): string => `${stages[stage]}: pods see`;

export const trial = trialOf({
  scenario: proxyProtocol,
  documented: found(),
  otherwise: {
    "an app that reads no header answers in spite of it": {
      measured: found({ unread: { answered: 3, seen: "a node's" } }),
      different: [answered("unread")],
    },
    "an app that expects a header answers without one": {
      measured: found({ missing: { answered: 100, seen: "a node's" } }),
      different: [answered("missing")],
    },
    "requests are lost where both agree": {
      measured: found({ neither: { answered: 97 }, read: { answered: 0, seen: "none" } }),
      different: [answered("neither"), answered("read"), seen("read")],
    },
    "the header has another address": {
      measured: found({ read: { seen: "the load balancer's" } }),
      different: [seen("read")],
    },
    "pods see the client without a header": {
      measured: found({ neither: { seen: "the client's" } }),
      different: [seen("neither")],
    },
  },
  nothing: { neither: unmeasured, unread: unmeasured, read: unmeasured, missing: unmeasured },
  simulated: {
    [answered("neither")]: [100, 100],
    [answered("unread")]: [0, 0],
    [answered("read")]: [100, 100],
    [answered("missing")]: [0, 0],
    [seen("neither")]: ["a node's", "a node's"],
    [seen("read")]: ["the client's", "the client's"],
  },
  wrongWorlds: {
    "apps do not care for headers": {
      physics: { anyHeader: true },
      different: [answered("unread"), answered("missing")],
    },
    "a header has nobody's address": {
      physics: { header: "192.0.2.1" },
      different: [seen("read")],
    },
  },
});
