/** Runs in the page: filters the table of aspects, and opens all details for printing. */

const form = document.querySelector<HTMLFormElement>(".filters");
if (form !== null) {
  form.hidden = false;
  form.addEventListener("input", () => filter(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  // The event comes before the form is reset.
  form.addEventListener("reset", () => setTimeout(() => filter(form)));
  filter(form);
}

function filter(from: HTMLFormElement): void {
  const given = new FormData(from);
  const verdicts = new Set(given.getAll("verdict"));
  const section = given.get("section");
  const text = textOf(given.get("text"));
  const bodies = [...document.querySelectorAll<HTMLElement>("[data-verdict]")];
  for (const body of bodies) {
    body.hidden = !(
      verdicts.has(body.dataset.verdict ?? "") &&
      (section === "" || section === body.dataset.section) &&
      textOf(body.textContent).includes(text)
    );
  }
  const visible = bodies.filter(({ hidden }) => !hidden);
  for (const heading of document.querySelectorAll<HTMLElement>("[data-heading]")) {
    heading.hidden = !visible.some(({ dataset }) => dataset.section === heading.dataset.heading);
  }
  const output = from.querySelector("output");
  if (output !== null) output.value = `${String(visible.length)} of ${String(bodies.length)} aspects`;
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}

const openedForPrint = new Set<HTMLDetailsElement>();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
    details.open = true;
    openedForPrint.add(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of openedForPrint) details.open = false;
  openedForPrint.clear();
});
