using Repro.Cli.Commands;
using Repro.Cli.Terminal;

return await Session.RunAsync(ReproCommand.Create(), args).ConfigureAwait(false);
