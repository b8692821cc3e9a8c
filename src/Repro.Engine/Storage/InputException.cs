namespace Repro.Engine.Storage;

/// <summary>Something a user gave can't be used; the message is one sentence with what, where and what to do.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    /// <param name="inner">What it was found by.</param>
    public InputException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
