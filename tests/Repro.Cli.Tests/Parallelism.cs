// Most of a test's time is a process that starts, on one core.
[assembly: Parallelizable(ParallelScope.Fixtures)]
