/** What this project cannot do on OpenStack yet, and what works instead. */

/** @param what the subject of a sentence */
export function notYet(what: string): Error {
  return new Error(
    `${what} is not possible on OpenStack yet. What works: npm run preview, lab, up, compare and pulumi with --stack openstack, npm run compare -- --file FILE --controller occm, and npm run pulumi -- up --stack NAME with the credentials of a cloud.`,
  );
}
