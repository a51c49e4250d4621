// node --import cpu-time.mjs MAIN: says in its last line on stderr how many microseconds of processor time MAIN took.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  console.error(user + system);
});
