namespace Repro.Cluster.Tests;

/// <summary>A run in a folder with blanks and quotes, whose program is a shell script that the test writes.</summary>
internal sealed class PreparedRun : IDisposable
{
    private readonly string temporary = Directory.CreateTempSubdirectory("repro-cluster-").FullName;

    public PreparedRun(string program = "exit 0", int attempts = 3)
    {
        Working = Directory.CreateDirectory(Path.Combine(temporary, "it's a \"working\" $folder")).FullName;
        System.IO.File.WriteAllText(Path.Combine(Working, "stand-in program.sh"), program + "\n");
        File = new RunFile
        {
            Program = ["/bin/bash", Path.Combine(Working, "stand-in program.sh")],
            WorkingFolder = Working,
            Arguments = ["--claims", "table-01", "--cache", "it's `a` $HOME \"cache\""],
            Attempts = attempts,
            SlurmOptions = [],
            TasksPerStage = 3,
            Stages = [new ClusterStage("importance", ["ru, shard 1 of 2", "ru, shard 2 of 2", "ar, shard 1 of 1"]), new ClusterStage("reduce", []), new ClusterStage("measure", ["Top 3 %, Arabic"])],
        };
        Folder = new RunFolder(Path.Combine(temporary, "it's a \"run\" $folder"));
    }

    public string Working { get; }

    public RunFolder Folder { get; }

    public RunFile File { get; set; }

    public ClusterRun Prepare() => ClusterRun.Prepare(Folder.Location, File);

    public void Mark(TaskMark mark, string stage, int index, int code)
    {
        Directory.CreateDirectory(Folder.Marks(mark));
        System.IO.File.WriteAllText(Folder.Mark(mark, stage, index), $"{code}\n");
    }

    public void Dispose() => Directory.Delete(temporary, recursive: true);
}
