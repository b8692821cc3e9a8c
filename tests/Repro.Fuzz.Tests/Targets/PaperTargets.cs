using System.Text;
using FsCheck;
using Repro.Cluster;
using Repro.Fuzz.Tests.Inputs;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Reporting;
using Repro.Report.Model;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>Goldens, published numbers, results and the files of runs.</summary>
internal static class PaperTargets
{
    private const string Table = "table-03";
    private static readonly string Goldens = Path.Combine(Project.Folder, "goldens");
    private static readonly string Tiny = Path.Combine(Goldens, "tiny");

    public static FuzzTarget MeasuredTable()
    {
        TableResult received = Golden<TableResult>(GoldenName.OfTable(Table));
        return OfGolden("golden-table", GoldenName.OfTable(Table), folder => folder.Compare(received));
    }

    public static FuzzTarget Claim()
    {
        const string Id = "table-03-top";
        ClaimSnapshot received = Folder(Tiny).ReadClaim(Id)!;
        return OfGolden("golden-claim", GoldenName.OfClaim(Id), TextInputs.OneThingWrong, folder => folder.Compare(Id, received));
    }

    public static FuzzTarget Robustness()
    {
        RobustnessGolden received = Golden<RobustnessGolden>(GoldenName.Robustness);
        return OfGolden("golden-robustness", GoldenName.Robustness, folder => folder.Compare(received));
    }

    public static FuzzTarget Untrained()
    {
        UntrainedGolden received = Golden<UntrainedGolden>(GoldenName.Untrained);
        return OfGolden("golden-untrained", GoldenName.Untrained, folder => folder.Compare(received, isWhole: true));
    }

    public static FuzzTarget PublishedTable() =>
        Make("published-table", "table-04.json", File.ReadAllText(Path.Combine(Goldens, "paper", "table-04.json")), folder => Papers.LinguisticRegions.Published.PublishedTable.Load(folder, 4).Find([], c => c.Region == "Top"));

    public static FuzzTarget PublishedText() =>
        Make("published-text", "text.json", File.ReadAllText(Path.Combine(Goldens, "paper", "text.json")), folder => Papers.LinguisticRegions.Published.PublishedText.Load(folder));

    public static FuzzTarget Results() => Make("results-json", ResultsFile.Name, ResultsFile.ToJson(SomeResults()), folder => ResultsFile.ToJson(ResultsFile.Read(Path.Combine(folder, ResultsFile.Name))));

    public static FuzzTarget Run()
    {
        RunFile run = new()
        {
            Program = ["/usr/bin/repro"],
            WorkingFolder = "/work",
            Arguments = ["--claims", "table-01"],
            Attempts = 3,
            SlurmOptions = ["--partition=gpu"],
            TasksPerStage = 3,
            Stages = [new ClusterStage("importance", ["ru, shard 1 of 2", "ru, shard 2 of 2"]), new ClusterStage("reduce", []), new ClusterStage("measure", ["Top 3 %, Arabic"])],
            Jobs = [new SubmittedJob("importance", "17")],
        };
        string valid = SmallModel.InFolder(folder =>
        {
            new RunFolder(folder).Save(run);
            return File.ReadAllText(Path.Combine(folder, "run.json"));
        });
        return Make("run-json", "run.json", valid, folder =>
        {
            RunFile read = new RunFolder(folder).Load();
            read.JobStages().Count().Should().BePositive();
            read.IsSameVerification(run);
            RunFolder.DefaultName(read);
        });
    }

    /// <summary>Results with two checkpoints, of which one could not be verified.</summary>
    public static Results SomeResults()
    {
        TableResult table = Golden<TableResult>(GoldenName.OfTable(Table));
        Estimate estimate = new(1.5, 1.2, double.PositiveInfinity, 7.5);
        ReportedVerdict verdict = new(
            "table-03-top", "Table 3", Table, "Removing the top rows hurts", ClaimKind.Effect, "increase", 0, null, "the paper's numbers", new PaperOutcome(VerdictKind.Holds, 0, 1, ""), VerdictKind.Fails, VerdictKind.Holds, "an interval lies outside", 0.95,
            [new VerdictRow("Top 1", 1.5, 0.1, 0.05, 0.2, -0.1, VerdictKind.Fails)], [new Gate("weights restored", true, "yes")]);
        VerificationReport report = new(
            table.Provenance, false, [verdict], new Dictionary<string, IReadOnlyList<string>> { [Table] = ["there is no golden yet"] }, [table], Golden<RobustnessGolden>(GoldenName.Robustness), Golden<UntrainedGolden>(GoldenName.Untrained));
        Figure figure = new("figure", [Table], "A figure", "What to see", FigureKind.Curves, "dose", [new FigurePanel("panel", [new FigureSeries("Top", [new FigurePoint("1", 1, estimate, null)])])]);
        DensityMap map = new("figure-02", "model.layers.0.mlp.up_proj.weight", [[0, 0.5], [1, 0.25]]);
        return Report.Model.Results.Of(RunEnvironment.Now("repro verify"), [new CheckpointResults("tiny", null, report, [figure], [map]), new CheckpointResults("broken", "It can't be read.", null, [], [])], []);
    }

    private static T Golden<T>(GoldenName name)
        where T : class => Folder(Tiny).Read<T>(name)!;

    private static GoldenFolder Folder(string path) => new(path, []);

    private static FuzzTarget OfGolden(string name, GoldenName golden, Action<GoldenFolder> compare) => OfGolden(name, golden, valid => JsonInputs.OneThingWrong(valid), compare);

    private static FuzzTarget OfGolden(string name, GoldenName golden, Func<string, Gen<byte[]>> wrong, Action<GoldenFolder> compare)
    {
        string file = Path.GetRelativePath(Tiny, Folder(Tiny).VerifiedPath(golden));
        string valid = File.ReadAllText(Path.Combine(Tiny, file));
        return Make(name, file, valid, wrong(valid), folder => compare(Folder(folder)));
    }

    private static FuzzTarget Make(string name, string file, string valid, Action<string> read) => Make(name, file, valid, JsonInputs.OneThingWrong(valid), read);

    private static FuzzTarget Make(string name, string file, string valid, Gen<byte[]> wrong, Action<string> read) => new(name, file, [Encoding.UTF8.GetBytes(valid)], wrong, folder =>
    {
        read(folder);
        return null;
    });
}
