namespace Repro.Cluster;

/// <summary>What a task's script writes down, each in a folder of that name.</summary>
public enum TaskMark
{
    /// <summary>It began, at least once; a mark of this kind alone is a task that was ended from outside.</summary>
    Started,

    /// <summary>It has its result.</summary>
    Done,

    /// <summary>Its last attempt failed.</summary>
    Failed,
}
