/**
 * Section of the changelog about a version, without its title.
 *
 * @param {string} changelog text of CHANGELOG.md
 * @param {string} version for example `0.1.0`
 * @throws Error if there is no section with a date
 */
export function notesOf(changelog, version) {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${version} (`));
  const [, date, text] = /^[^(]*\((.*)\)\n([^]*)$/.exec(section ?? '') ?? [];
  if (date === undefined || !/^\d{4}-\d\d-\d\d$/.test(date))
    throw new Error(
      `CHANGELOG.md must have the section "${version} (DATE)" (got ${date === undefined ? 'none' : `"${date}"`}). Write the date of the release.`,
    );
  return text.trim();
}
