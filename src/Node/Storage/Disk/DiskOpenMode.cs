namespace Chain.Node.Storage.Disk;

/// <summary>What <see cref="IDisk.Open"/> does where the file is there, or is not.</summary>
public enum DiskOpenMode
{
    /// <summary>It must not be there.</summary>
    CreateNew,

    /// <summary>It must be there.</summary>
    Open,

    OpenOrCreate,
}
