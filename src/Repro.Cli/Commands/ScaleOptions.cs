using System.CommandLine;
using Repro.Harness.Profiles;

namespace Repro.Cli.Commands;

/// <summary>The options that let a verification read less text than its profile.</summary>
internal sealed class ScaleOptions
{
    private readonly Option<int?> samples = new("--samples") { Description = "Documents per language that regions are located with, instead of the profile's; fewer are faster and less certain, and goldens do not apply." };
    private readonly Option<int?> testDocuments = new("--test-documents") { Description = "Most test documents per language." };
    private readonly Option<int?> trainingDocuments = new("--training-documents") { Description = "Documents that stand for the paper's 200K samples of further training." };

    private readonly Option<double?> learningRate = new("--learning-rate") { Description = "Peak rate of the experiments that train; the profile's holds for models of about its own checkpoint's size." };

    public void AddTo(Command command)
    {
        command.Add(samples);
        command.Add(testDocuments);
        command.Add(trainingDocuments);
        command.Add(learningRate);
    }

    public ProfileScale Read(ParseResult result) => new(result.GetValue(samples), result.GetValue(testDocuments), result.GetValue(trainingDocuments), result.GetValue(learningRate));
}
