// The order of everything that happens to a request at the edge. A step either answers the viewer, or says undefined
// and leaves what it found out in `visit`; the last step sends the request on. Names in capitals are constants that the
// compiler sets: what a site does not use is not in its text. `await` stands in no argument and no closure, which the
// runtime does not take.
async function handler(event) {
  const visit = meet(event);
  let answer;
  // Every spelling of a path is one path; some paths no object can have, and some are nobody's business.
  if (isNowhere(visit.path)) return notFound(visit);
  // A second name of the site leads to its first.
  if (HAS_HOSTS && (answer = leadHome(visit))) return answer;
  // Closed for maintenance, but for those who are let in.
  if (HAS_MAINTENANCE && (answer = await closeForMaintenance(visit))) return answer;
  // Who may see the path that was asked for?
  if (HAS_AUTH && (answer = await guard(visit, visit.path))) return answer;
  // Another server answers here: its paths are its own.
  if (HAS_ORIGINS && (answer = leaveToOrigin(visit))) return answer;
  // Redirects and rewrites that hold whatever the build says.
  if (HAS_RULES && (answer = await applyRules(visit, false))) return answer;
  // The user's own function.
  if (HAS_HANDLER && (answer = await runUserHandler(visit))) return answer;
  // The file that answers, or a better address for it.
  if ((answer = await findFile(visit))) return answer;
  // Redirects and rewrites where no file answers.
  if (HAS_SOFT_RULES && visit.key === undefined && (answer = await applyRules(visit, true))) return answer;
  // The application's page, else the nearest 404 page.
  if (visit.key === undefined && !fallBack(visit)) return notFound(visit);
  // Who may see the file that was found in the end?
  if (HAS_AUTH && (answer = await guard(visit, visit.key))) return answer;
  return sendOn(visit);
}
