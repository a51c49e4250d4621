/** Whether a text of the form YYYY-MM-DD is a day of the calendar. JavaScript reads 30 February as a day in March. */
export function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
