using System.Globalization;
using Repro.Fuzz.Tests.Running;

// dotnet Repro.Fuzz.Tests.dll TARGET SEED FIRST COUNT: reads inputs FIRST to FIRST + COUNT - 1 of a target in the working folder.
if (args.Length != 4)
{
    Console.Error.WriteLine("usage: dotnet Repro.Fuzz.Tests.dll TARGET SEED FIRST COUNT");
    return 2;
}

return Reader.Run(
    args[0],
    ulong.Parse(args[1], CultureInfo.InvariantCulture),
    long.Parse(args[2], CultureInfo.InvariantCulture),
    long.Parse(args[3], CultureInfo.InvariantCulture));
