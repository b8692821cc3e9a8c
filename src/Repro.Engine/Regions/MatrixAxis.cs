namespace Repro.Engine.Regions;

/// <summary>An axis of a stored weight matrix <c>[out, in]</c>.</summary>
public enum MatrixAxis
{
    /// <summary>One output: all the weights that feed it.</summary>
    Row,

    /// <summary>One input: all the weights that read it.</summary>
    Column,
}
