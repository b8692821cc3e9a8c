using System.Globalization;
using Repro.Fuzz.Tests.Targets;

namespace Repro.Fuzz.Tests.Running;

/// <summary>The process that reads inputs: each is announced before it is read, so that whoever started it knows which one it died of.</summary>
internal static class Reader
{
    /// <summary>Folder that is read, below the working folder.</summary>
    public const string InputFolder = "in";

    public const string Announced = "input";
    public const string Accepted = "accepted";
    public const string Refused = "refused";
    public const string Defect = "defect";
    public const string Peak = "peak";

    /// <summary>Reads inputs of a target in the working folder.</summary>
    /// <returns>0, or 1 where one of them shows a defect.</returns>
    public static int Run(string name, ulong seed, long first, long count)
    {
        FuzzTarget target = FuzzTargets.Get(name);
        Trial trial = new(target, Path.GetFullPath(InputFolder));
        bool isSound = true;
        for (long number = first; number < first + count; number++)
        {
            trial.Place(target.Input(seed, number));
            Say(Announced, number);
            TrialOutcome outcome = trial.Read();
            isSound &= outcome.Defect is null;
            string became = outcome.Defect is not null ? Defect : outcome.Refusal is not null ? Refused : Accepted;
            Say(became, number, outcome.Defect ?? outcome.Refusal);
        }

        Say(Peak, PeakMegabytes());
        return isSound ? 0 : 1;
    }

    private static void Say(string what, long number, string? more = null) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {number} {more}").TrimEnd());

    private static long PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
