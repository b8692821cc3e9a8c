using Repro.Engine.Files;

namespace Repro.Report.Tests;

public sealed class CheckpointNamesTests
{
    [Test]
    public void Folders_of_different_names_are_called_by_their_names() =>
        CheckpointNames.Of(["/models/base", "/runs/tuned/"]).Should().Equal("base", "tuned");

    [Test]
    public void Folders_of_one_name_are_told_apart_by_as_much_of_their_paths_as_it_takes() =>
        CheckpointNames.Of(["/runs/a/final", "/runs/b/final", "/c"]).Should().Equal("a/final", "b/final", "c");

    [Test]
    public void A_folder_inside_another_has_a_name_of_its_own() =>
        CheckpointNames.Of(["/final", "/runs/final"]).Should().Equal("final", "runs/final");

    [Test]
    public void One_folder_written_in_two_ways_is_refused() =>
        FluentActions.Invoking(() => CheckpointNames.Of(["/runs/a", "/runs/b/../a"])).Should().Throw<InputException>().WithMessage("*given twice*");
}
