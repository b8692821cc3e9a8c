using System.Text.Json;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Languages;

namespace Repro.Paper.Verification;

/// <summary>Measures what the claims need and decides them.</summary>
public static class VerificationRun
{
    /// <summary>Runs the pipeline.</summary>
    /// <param name="setup">Checkpoint, corpus, profile and device.</param>
    /// <param name="claims">The claims to decide.</param>
    /// <param name="publishedFolder">Folder of the paper's own numbers.</param>
    /// <param name="progress">Called after every measurement.</param>
    /// <param name="cancellation">Ends the run between two batches.</param>
    /// <exception cref="Engine.Storage.InputException">Checkpoint, corpus or published numbers can't be used.</exception>
    public static VerificationResult Execute(
        Setup setup, IReadOnlyList<Claim> claims, string publishedFolder, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        PublishedWorld paper = new(publishedFolder);
        using Laboratory laboratory = new(setup);
        string checkpointHash = laboratory.CheckpointHash();
        HashSet<Language> covered = [.. PaperLanguages.All.Where(laboratory.Covers)];
        Claim[] applicable = [.. claims.Where(c => c.Languages.Concat(PaperLanguages.Region).All(covered.Contains))];
        Experiment[] experiments = [.. PaperExperiments.All(setup.Profile.Draws).Where(e => applicable.Any(c => c.Experiments.Contains(e.Id)))];

        Measure(laboratory, experiments, progress, cancellation);
        Provenance provenance = Provenance.Of(laboratory, checkpointHash);
        if (experiments.Length == 0)
            return new VerificationResult(provenance, [], [.. claims.Select(c => NotApplicable(c, covered))], []);

        MeasuredWorlds measured = new(laboratory, experiments);
        Judge judge = new(paper, measured);
        IReadOnlyList<Gate> integrity = ExplosionGate.Integrity(
            laboratory, checkpointHash, RecordedHash(setup.Checkpoint), experiments.SelectMany(e => e.Languages).Distinct());
        Verdict[] verdicts = [.. claims.Select(claim => !applicable.Contains(claim)
            ? NotApplicable(claim, covered)
            : judge.Decide(claim, claim.Explosion is null ? [] : ExplosionGate.Check(laboratory, integrity, measured.Point, claim)))];
        return new VerificationResult(
            provenance, [.. experiments.Select(e => ExperimentGolden.Of(e, laboratory, provenance))], verdicts, [.. laboratory.AllDocuments()]);
    }

    private static void Measure(Laboratory laboratory, Experiment[] experiments, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var work = experiments
            .SelectMany(e => e.Conditions.SelectMany(c => e.Languages.Select(l => (Condition: c, Language: l))))
            .DistinctBy(w => (w.Condition.Id, w.Language))
            .GroupBy(w => w.Condition.Id)
            .ToArray();
        long total = work.Sum(g => g.Sum(w => laboratory.Cost(w.Language))) + (experiments.Length > 0 ? laboratory.Regions.Cost() : 0);
        long done = 0;
        void Report(long tokens, string activity)
        {
            done += tokens;
            progress?.Invoke(new RunProgress(done, total, activity));
        }

        foreach (var group in work)
            laboratory.Measure(group.First().Condition, group.Select(w => w.Language), Report, cancellation);
    }

    private static Verdict NotApplicable(Claim claim, HashSet<Language> covered)
    {
        string missing = string.Join(", ", claim.Languages.Concat(PaperLanguages.Region).Distinct().Where(l => !covered.Contains(l)).Select(l => l.Name));
        return new Verdict(claim, VerdictKind.NotApplicable, $"the corpus lacks enough text of {missing}", 0, [], []);
    }

    // The hash that training wrote down, where a checkpoint has one.
    private static string? RecordedHash(string checkpoint)
    {
        string path = Path.Combine(checkpoint, "provenance.json");
        if (!File.Exists(path))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty("weights", out JsonElement hash) ? hash.GetString() : null;
        }
        catch (JsonException e)
        {
            throw new Engine.Storage.InputException($"{path} is not JSON ({e.Message}); restore or delete it.", e);
        }
    }
}
